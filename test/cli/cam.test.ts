import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { attribute, Constant, encodeModel, GraphBuilder } from '../../src/onnx/index.js';
import { RandomState } from '../../src/tensor/random.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';
import { runCommands } from './run-commands.js';

/** [Conv 3x3 - Relu -] average - Softmax over three channels of 8 x 8. */
function network(convolves: boolean): Uint8Array {
  const random = new RandomState(1);
  const builder = new GraphBuilder();
  const x = builder.reserve('x');
  const kernel = Constant.float32(
    Float32Array.from({ length: 81 }, () => random.normal()),
    [3, 3, 3, 3],
  );
  const conv = () =>
    builder.node('Conv', [x, builder.constant(kernel)], { pads: attribute.ints([1, 1, 1, 1]) });
  const layer = convolves ? builder.node('Relu', [conv()], {}, { outputs: ['layer'] }) : x;
  const mean = builder.node('ReduceMean', [layer], {
    axes: attribute.ints([2, 3]),
    keepdims: attribute.int(0),
  });
  builder.node('Softmax', [mean], { axis: attribute.int(1) }, { outputs: ['y'] });
  const inputs = [floatInfo('x', ['batch', 3, 8, 8])];
  return encodeModel(modelOf(builder.build({ inputs, outputs: [floatInfo('y', ['batch', 3])] })));
}

const card = JSON.stringify({
  name: 'colours',
  task: 'attribute',
  input: {
    width: 8,
    height: 8,
    layout: 'NCHW',
    channels: 'RGB',
    mean: [0],
    std: [255],
    crop: { kind: 'whole' },
    resize: 'linear',
  },
  outputs: { y: { kind: 'probabilities', classes: ['red', 'green', 'blue'] } },
});

describe('explain gradcam and its kin on the command line', () => {
  const root = mkdtempSync(join(tmpdir(), 'faceprobe-cam-'));
  const at = (name: string) => join(root, name);
  before(async () => {
    for (const [name, convolves] of [
      ['conv', true],
      ['flat', false],
    ] as const) {
      writeFileSync(at(`${name}.onnx`), network(convolves));
      writeFileSync(at(`${name}.card.json`), card);
    }
    const pixels = Buffer.from(Array.from({ length: 192 }, (_, i) => (i * 37) % 256));
    await sharp(pixels, { raw: { width: 8, height: 8, channels: 3 } })
      .png()
      .toFile(at('a.png'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const explain = (method: string, model: string, ...rest: readonly string[]) => [
    ...[
      'explain',
      method,
      at('a.png'),
      '--model',
      at(`${model}.onnx`),
      '--output',
      at(`${method}-${rest.join('')}`),
    ],
    ...['--aligned', '--no-regions', '--quiet', '--dpi', '20', '--json', ...rest],
  ];
  const green = ['--target', 'green'] as const;

  it('writes maps of the logit that is found in the graph, or of the probability on request', async () => {
    const [gradcam, scorecam, asked, eigencam] = (
      await runCommands([
        explain('gradcam', 'conv', ...green, '--relu'),
        explain('scorecam', 'conv', ...green, '--max-channels', '2'),
        explain('gradcam++', 'conv', '--target', 'probability:green', '--layer', 'layer'),
        explain('eigencam', 'conv', ...green),
      ])
    ).map(({ status, stdout, stderr }) => {
      assert.equal(status, 0, stderr);
      return (JSON.parse(stdout) as Record<string, unknown>[])[0];
    });
    assert.equal(gradcam.target, 'logit of green');
    assert.equal(scorecam.target, 'probability of green');
    assert.match(String(scorecam.notes), /2 of 3 channels/);
    assert.equal(asked.target, 'probability of green');
    assert.match(String(eigencam.notes), /same for any target/);
    const { data, shape } = decodeNpy(readFileSync(at('gradcam---targetgreen--relu/a.npy')));
    assert.deepEqual(shape, [8, 8]);
    assert.ok(Array.from(data as Float32Array).every((value) => value >= 0));
  });

  it('says in one line what is wrong', async () => {
    const results = await runCommands([
      explain('gradcam', 'flat', ...green),
      explain('layercam', 'conv', ...green, '--layer', 'none'),
      explain('hirescam', 'conv'),
    ]);
    const reasons = [
      /colours: has no layer with a height and a width/,
      /layer none: is not computed by colours on the way to the target \(the layers are layer\)/,
      /name it with --target: red, green, blue/,
    ];
    for (const [i, { status, stderr }] of results.entries()) {
      assert.equal(status, 1);
      assert.match(stderr, reasons[i]);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });
});
