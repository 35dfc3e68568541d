import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { explainCommand } from '../../src/cli/commands/explain/explain.js';
import { type Method, methods } from '../../src/explain/methods.js';
import { attribute, Constant, encodeModel, GraphBuilder } from '../../src/onnx/index.js';
import type { Card } from '../../src/model/card.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';
import { runCommands } from './run-commands.js';

/** The mean of each channel of what adds up downwards: CumSum has no rule. */
function cumulativeMeans(): Uint8Array {
  const builder = new GraphBuilder();
  const axis = builder.constant(Constant.scalar(2, 'int64'));
  const summed = builder.node('CumSum', [builder.reserve('x'), axis]);
  const pooled = builder.node('GlobalAveragePool', [summed]);
  builder.node('Flatten', [pooled], { axis: attribute.int(1) }, { outputs: ['y'] });
  const inputs = [floatInfo('x', ['batch', 3, 8, 8])];
  return encodeModel(modelOf(builder.build({ inputs, outputs: [floatInfo('y', ['batch', 3])] }), 14));
}

function card(output: Card['outputs'][string]): string {
  return JSON.stringify({
    name: 'means',
    task: output.kind === 'embedding' ? 'verification' : 'attribute',
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
    outputs: { y: output },
  } satisfies Card);
}

describe('a model that cannot be differentiated', () => {
  let root: string;
  const at = (name: string) => join(root, name);
  const explain = (method: string, cardFile: 'logits' | 'embedding', more: readonly string[]) => [
    ...['explain', method, at('a.png'), '--model', at('model.onnx'), '--card', at(cardFile), '--aligned'],
    ...['--dpi', '40', '--output', at(`${cardFile}-${method}`), ...more],
  ];

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'faceprobe-'));
    writeFileSync(at('model.onnx'), cumulativeMeans());
    writeFileSync(at('logits'), card({ kind: 'logits', classes: ['red', 'green', 'blue'] }));
    writeFileSync(at('embedding'), card({ kind: 'embedding', normalised: false }));
    for (const [name, background] of [
      ['a.png', { r: 200, g: 100, b: 50 }],
      ['b.png', { r: 60, g: 120, b: 240 }],
    ] as const) {
      await sharp({ create: { width: 8, height: 8, channels: 3, background } })
        .png()
        .toFile(at(name));
    }
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('is refused with the operator and the methods that work, which do', async () => {
    const pair = ['--reference', at('b.png')];
    const red = ['--target', 'red'];
    const refused = await runCommands([
      explain('gradient', 'logits', ['--no-regions', ...red]),
      explain('xssab', 'embedding', [...pair, '--threshold', '0.3', '--no-regions']),
    ]);
    const listed = refused.map(({ status, stderr }) => {
      assert.equal(status, 1);
      const message = /there is no rule for CumSum \(1\) \(methods that only run the model work: (.+)\)/;
      return message.exec(stderr)?.[1].split(', ') ?? assert.fail(stderr);
    });
    const withoutGradient = Object.entries<Method>(methods).filter(([, { needsGradient }]) => !needsGradient);
    const [ofImages, all] = [
      withoutGradient.filter(([, { explains }]) => explains === 'image'),
      withoutGradient,
    ];
    assert.deepEqual(
      listed,
      [ofImages, all].map((entries) => entries.map(([name]) => name)),
    );
    const commands = explainCommand().commands.map((command) => command.name());
    for (const name of listed.flat()) assert.ok(commands.includes(name), name);
    const runs = [
      explain('occlusion', 'logits', ['--window', '3', '--stride', '2', ...red]),
      explain('occlusion', 'embedding', ['--window', '3', '--stride', '2', ...pair]),
      explain('corrrise', 'embedding', ['--no-regions', '--masks', '4', '--patch-size', '3', ...pair]),
      explain('xface', 'embedding', ['--no-regions', '--patch-sizes', '3', '--stride', '2', ...pair]),
    ];
    for (const [i, { status, stderr }] of (await runCommands(runs)).entries()) {
      assert.equal(status, 0, `${runs[i].join(' ')}: ${stderr}`);
    }
  });
});
