import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Card } from '../../src/model/card.js';
import { openModel } from '../../src/model/open-model.js';
import { channelMeans } from './channel-means.js';
import { type CommandResult, runCommands } from './run-commands.js';

interface Inspection {
  inputs: { name: string; shape: unknown[] }[];
  operators: { name: string; count: number }[];
  opsets: Record<string, number>;
  batch: { free: boolean };
  card: { found: Card | null; source: string | null; problem: string | null; draft: Card | null };
}

const json = (result: CommandResult) => JSON.parse(result.stdout) as Inspection;

let root: string;
let env: Record<string, string>;
before(() => {
  root = mkdtempSync(join(tmpdir(), 'faceprobe-'));
  env = { FACEPROBE_HOME: join(root, 'home') };
  writeFileSync(join(root, 'net.onnx'), channelMeans());
});
after(() => rmSync(root, { recursive: true, force: true }));

describe('models inspect', () => {
  it('drafts a card that fits, and says of a card whether it does', async () => {
    const net = join(root, 'net.onnx');
    const cards = { draft: join(root, 'draft.json'), wrong: join(root, 'wrong.json') };
    const [bare, text] = await runCommands(
      [
        ['models', 'inspect', net, '--json'],
        ['models', 'inspect', net],
      ],
      env,
    );
    assert.equal(bare.status, 0);
    const { operators, opsets, batch, card } = json(bare);
    assert.deepEqual(
      operators,
      ['Flatten', 'GlobalAveragePool', 'Relu'].map((name) => ({ name, count: 1 })),
    );
    assert.deepEqual([opsets, batch.free, card.found], [{ '': 13 }, true, null]);
    assert.match(text.stdout, /^inputs +x \[1, 3, 8, 8\] float32$/m);
    assert.match(text.stdout, /save it as .*net\.card\.json/);

    writeFileSync(cards.draft, JSON.stringify(card.draft));
    writeFileSync(cards.wrong, JSON.stringify({ ...card.draft, outputs: { z: card.draft!.outputs.y } }));
    const [fits, differs, shown] = await runCommands(
      [
        ['models', 'inspect', net, '--card', cards.draft, '--json'],
        ['models', 'inspect', net, '--card', cards.wrong, '--json'],
        ['models', 'inspect', net, '--card', cards.wrong],
      ],
      env,
    );
    assert.deepEqual([fits.status, json(fits).card.problem], [0, null]);
    assert.deepEqual(json(fits).card.found, card.draft);
    assert.deepEqual([differs.status, differs.stderr], [1, '']);
    assert.match(
      json(differs).card.problem!,
      /wrong\.json: the card's outputs\.z is not an output of the graph/,
    );
    assert.match(shown.stdout, /^card +does not fit: .*outputs are y \[/m);
  });

  it('refuses what is no model in one line', async () => {
    const cut = join(root, 'cut.onnx');
    const other = join(root, 'text.onnx');
    writeFileSync(cut, channelMeans().subarray(0, 60));
    writeFileSync(other, 'this is a text, whatever its name says');
    const results = await runCommands(
      [cut, other, join(root, 'none.onnx'), 'no_such_model', root].map((model) => [
        'models',
        'inspect',
        model,
      ]),
      env,
    );
    for (const { status, stdout, stderr } of results) {
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /^faceprobe: [^\n]+\n$/);
    }
    assert.match(results[0].stderr, /cut\.onnx: is truncated or not an ONNX model/);
    assert.match(results[1].stderr, /text\.onnx: is truncated or not an ONNX model/);
    assert.match(results[3].stderr, /no_such_model: the zoo has no such entry \(it has fr_feature, /);
  });
});

describe('models convert', () => {
  it('frees the batch, raises the opset and promotes tensors', async () => {
    const output = join(root, 'out', 'converted.onnx');
    const [done] = await runCommands(
      [['models', 'convert', join(root, 'net.onnx'), output, '--opset', '17', '--promote', 'relu', '--json']],
      env,
    );
    assert.deepEqual([done.status, done.stderr], [0, '']);
    const { inputs, outputs, opset } = JSON.parse(done.stdout) as Record<string, unknown>;
    assert.deepEqual(inputs, [{ name: 'x', type: 'float32', shape: ['batch', 3, 8, 8] }]);
    assert.deepEqual(outputs, [
      { name: 'y', type: 'float32', shape: ['batch', 3] },
      { name: 'relu', type: 'float32', shape: ['batch', 3, 8, 8] },
    ]);
    assert.equal(opset, 17);

    const [{ stdout }] = await runCommands([['models', 'inspect', output, '--json']], env);
    const model = await openModel(output, {
      card: (JSON.parse(stdout) as Inspection).card.draft!,
      threads: 1,
    });
    try {
      // Of three images, the second is all ones.
      const data = new Float32Array(3 * 192).fill(-1).fill(1, 192, 384);
      const { y } = await model.run({ x: { data, shape: [3, 3, 8, 8] } }, ['y']);
      assert.deepEqual([...y.data], [0, 0, 0, 1, 1, 1, 0, 0, 0]);
    } finally {
      await model.close();
    }
  });

  it('does not overwrite its input, and leaves nothing behind where it fails', async () => {
    const net = join(root, 'net.onnx');
    const before = readFileSync(net);
    const results = await runCommands(
      [
        ['models', 'convert', net, net],
        ['models', 'convert', net, join(root, 'never.onnx'), '--promote', 'rellu'],
        ['models', 'convert', net, join(root, 'never.onnx'), '--opset', '9'],
        ['models', 'convert', net, join(net, 'below-a-file.onnx')],
      ],
      env,
    );
    assert.deepEqual(
      results.map(({ status }) => status),
      [1, 1, 1, 1],
    );
    assert.match(results[0].stderr, /is the model itself/);
    assert.match(results[1].stderr, /computes no tensor "rellu" \(near it are relu/);
    assert.match(results[2].stderr, /opset 13, which cannot be lowered to 9/);
    assert.match(results[3].stderr, /below-a-file\.onnx: .*file where a folder is needed/);
    assert.deepEqual(readFileSync(net), before);
    assert.throws(() => readFileSync(join(root, 'never.onnx')), { code: 'ENOENT' });
  });
});

describe('models list', () => {
  it('tells what there is and that an empty cache holds none of it', async () => {
    const [document, table] = await runCommands(
      [
        ['models', 'list', '--json'],
        ['models', 'list'],
      ],
      env,
    );
    const models = JSON.parse(document.stdout) as { name: string; cached: boolean; licence: string }[];
    assert.ok(models.length > 5 && models.every(({ cached, licence }) => !cached && licence !== ''));
    const lines = table.stdout.trimEnd().split('\n');
    assert.equal(lines.length, models.length + 1);
    const column = lines[0].indexOf('task');
    for (const [i, { name }] of models.entries()) {
      assert.equal(lines[i + 1].slice(0, column).trim(), name);
    }
  });
});
