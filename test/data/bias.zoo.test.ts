import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { readRunRecord } from '../../src/jobs/run/read-run-record.js';
import type { Card } from '../../src/model/card.js';
import { attribute } from '../../src/onnx/attributes.js';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import { Constant } from '../../src/onnx/constant.js';
import { GraphBuilder } from '../../src/onnx/graph-builder.js';
import { Problem } from '../../src/problem.js';
import type { BiasRunOptions } from '../../src/study/bias/bias-options.js';
import { studyFaces } from '../../src/study/bias/images/study-faces.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';

const data = process.env.FACEPROBE_DATA;
const side = 32;

const card: Card = {
  name: 'tiny-gender',
  task: 'attribute',
  input: {
    ...{ name: 'x', width: side, height: side, layout: 'NCHW', channels: 'RGB' },
    ...{ mean: [127.5], std: [127.5], crop: { kind: 'whole' }, resize: 'area' },
  },
  outputs: { y: { kind: 'logits', classes: ['female', 'male'] } },
};

/** Two logits out of the mean of four filtered maps, without a border, so that a plain image has plain maps; or, without a convolution, out of the pixels. */
function tinyGender(convolution: boolean): Uint8Array {
  const builder = new GraphBuilder();
  const x = builder.reserve('x');
  const values = (count: number) => Float32Array.from({ length: count }, (_, i) => ((i * 7) % 11) / 8 - 0.6);
  let features = x;
  if (convolution) {
    const weights = builder.constant(Constant.float32(values(108), [4, 3, 3, 3]), 'w');
    const conv = builder.node('Conv', [x, weights], {
      kernel_shape: attribute.ints([3, 3]),
    });
    features = builder.node('GlobalAveragePool', [builder.node('Relu', [conv])]);
  }
  const flat = builder.node('Flatten', [features], { axis: attribute.int(1) });
  const inputs = convolution ? 4 : 3 * side * side;
  const dense = builder.constant(Constant.float32(values(2 * inputs), [inputs, 2]), 'dense');
  builder.node('Gemm', [flat, dense], {}, { outputs: ['y'] });
  const graph = builder.build({
    inputs: [floatInfo('x', ['n', 3, side, side])],
    outputs: [floatInfo('y', ['n', 2])],
  });
  return encodeModel(modelOf(graph));
}

describe('a bias study of real faces', { skip: data === undefined && 'FACEPROBE_DATA is not set' }, () => {
  let root: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    mkdirSync(join(root, 'faces'));
    const photo = (number: string) => join(data!, 'frll', 'neutral_front', `${number}_03.jpg`);
    for (const number of ['001', '004']) {
      await sharp(photo(number))
        .resize(200)
        .toFile(join(root, 'faces', `${number}.png`));
    }
    const wall = sharp({ create: { width: 80, height: 80, channels: 3, background: '#7080a0' } });
    for (const name of ['wall', 'lost', 'robot']) {
      await wall
        .clone()
        .png()
        .toFile(join(root, 'faces', `${name}.png`));
    }
    const labels = ['001,w', '004,m', 'wall,m', 'robot,x'].map((line) => line.replace(',', '.png,'));
    writeFileSync(join(root, 'labels.csv'), `file,sex\n${labels.join('\n').replaceAll(/^/gm, 'faces/')}\n`);
    writeFileSync(join(root, 'card.json'), JSON.stringify(card));
    writeFileSync(join(root, 'model.onnx'), tinyGender(true));
    writeFileSync(join(root, 'flat.onnx'), tinyGender(false));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const options = (output: string, more: Partial<BiasRunOptions> = {}): BiasRunOptions => ({
    ...{ inputPath: join(root, 'faces'), labels: join(root, 'labels.csv'), output: join(root, output) },
    ...{ model: join(root, 'model.onnx'), card: join(root, 'card.json'), attribute: 'gender' },
    map: [
      ['w', 'female'],
      ['m', 'male'],
    ],
    ...{ groupBy: ['gender'], ageWidth: 20, balanced: false, seed: 1, explain: 'true' },
    ...{ method: 'gradcam++', regions: 'mesh', cutoff: 90, threshold: 'otsu', overlap: 0.2 },
    ...{ assign: 'euclidean', mask: ['nose'], fill: 'black', landmarkPrecision: 'pixel' },
    ...{ landmarkScaleFactor: 1.5, photos: true, batchSize: 16, detector: 'mtcnn', select: 'largest' },
    ...{ workers: 1, ...more },
  });
  const context = { signal: new AbortController().signal, listen: () => undefined };

  function results(output: string): string[] {
    const folder = join(root, output, 'run');
    const maps = readdirSync(join(folder, 'maps'))
      .filter((name) => name.endsWith('.npy'))
      .sort();
    return [
      readFileSync(join(folder, 'images.csv'), 'utf8'),
      ...maps.map((name) => name + readFileSync(join(folder, 'maps', name), 'base64')),
    ];
  }

  it('names every image that cannot take part, and counts what others lack', async () => {
    const { record } = await studyFaces(options('one', { batchSize: 1 }), context);
    assert.deepEqual(record.counts, { items: 3, done: 3, skipped: 2, failed: 0 });
    const [lost, robot] = record.skipped.map(({ reason }) => reason);
    assert.match(lost, /^lost\.png: is unlabelled: it has no line in .*labels\.csv/);
    assert.match(
      robot,
      /^robot\.png: its gender "x" is no class of the model \(the classes are female, male;/,
    );
    assert.deepEqual(record.results.shortfalls, { 'no face': 1, 'constant map': 1 });
    assert.deepEqual(record.results.classes, { female: 1, male: 2 });
    assert.deepEqual((record.results.regions as string[]).length, 10);
    const [first] = results('one');
    assert.match(first, /p_male_without_nose/);
  });

  it('finds the same whatever the batch size, the number of workers, and where it was stopped', async () => {
    await studyFaces(options('several', { batchSize: 16, workers: 2 }), context);
    assert.deepEqual(results('several'), results('one'));

    const stop = new AbortController();
    const listen = ({ type }: { readonly type: string }) => {
      if (type === 'done') stop.abort();
    };
    await studyFaces(options('stopped'), { signal: stop.signal, listen });
    assert.equal(readRunRecord(join(root, 'stopped', 'run'))?.status, 'stopped');
    await studyFaces(options('stopped'), context);
    assert.deepEqual(results('stopped'), results('one'));
  });

  it('refuses a model without a convolution, unknown groups and thresholds without a class', async () => {
    const refused = (more: Partial<BiasRunOptions>, pattern: RegExp) =>
      assert.rejects(
        studyFaces(options('refused', more), context),
        (error) => error instanceof Problem && pattern.test(error.message),
      );
    await refused({ model: join(root, 'flat.onnx') }, /has no layer with a height and a width/);
    await refused({ groupBy: ['race'] }, /--group-by race: is no column of the labels/);
    await refused({ maskGroup: { key: 'sex', group: 'z' } }, /--mask-group sex=z: has no image/);
    await refused({ mask: [], maskGroup: { key: 'sex', group: 'm' } }, /hides nothing by itself/);
    await refused({ map: undefined }, /none of the labels \(w, m, x\) is a class|has no|is no class/);
    await refused({ decideAt: 0.5 }, /is a threshold without a class/);
  });
});
