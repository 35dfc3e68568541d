import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { checkCard } from '../../src/model/check-card.js';
import { loadCard } from '../../src/model/load-card.js';
import { parseCard } from '../../src/model/parse-card.js';
import type { GraphInfo } from '../../src/model/session.js';
import { Problem } from '../../src/problem.js';
import { padCard } from './cards.js';

/** Asserts that a call throws a Problem of one line that says every one of the given things. */
function assertProblem(call: () => unknown, ...said: string[]): void {
  assert.throws(call, (error) => {
    assert.ok(error instanceof Problem, String(error));
    assert.ok(!error.message.includes('\n'), error.message);
    for (const part of said)
      assert.ok(error.message.includes(part), `"${error.message}" does not say "${part}"`);
    return true;
  });
}

describe('parseCard', () => {
  it('takes a complete card as it is', () => {
    assert.deepEqual(parseCard(structuredClone(padCard), 'x.card.json'), padCard);
  });

  const faults: [name: string, change: object, ...said: string[]][] = [
    ['an unknown field', { colour: 'red' }, 'x.card.json', 'colour'],
    ['an unknown task', { task: 'liveness' }, 'task', 'pad'],
    ['a bona fide class that no output has', { bonaFide: 'real' }, 'bonaFide', '"real"', 'spoof, live'],
    ['a PAD model without bona fide class', { bonaFide: undefined }, 'bonaFide', 'spoof, live'],
    ['a verification model without embedding', { task: 'verification' }, 'outputs', 'embedding'],
    ['two means for three channels', { input: { ...padCard.input, mean: [0, 1] } }, 'input.mean', '2 values'],
    [
      'three deviations for gray',
      { input: { ...padCard.input, channels: 'gray', std: [1, 1, 1] } },
      'input.std',
    ],
    ['a deviation of zero', { input: { ...padCard.input, std: [0] } }, 'input.std'],
    ['no output', { outputs: {} }, 'outputs'],
    [
      'a class name in two outputs',
      { outputs: { ...padCard.outputs, other: { kind: 'logits', classes: ['live', 'mask'] } } },
      '"live" occurs twice',
    ],
  ];
  for (const [name, change, ...said] of faults) {
    it(`refuses ${name} in one line that names the field`, () => {
      assertProblem(() => parseCard({ ...padCard, ...change }, 'x.card.json'), ...said);
    });
  }
});

describe('loadCard', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'faceprobe-card-'))));
  after(() => rm(folder, { recursive: true }));

  it('reads a file, with a byte order mark too', async () => {
    const file = join(folder, 'net.card.json');
    await writeFile(file, `\uFEFF${JSON.stringify(padCard)}`);
    assert.deepEqual(await loadCard(file), padCard);
  });

  it('says which file is missing or is no JSON', async () => {
    const file = join(folder, 'text.card.json');
    await writeFile(file, 'name: net');
    for (const wrong of [file, join(folder, 'missing.card.json')]) {
      await assert.rejects(
        loadCard(wrong),
        (error) => error instanceof Problem && error.message.includes(wrong),
      );
    }
  });
});

describe('checkCard', () => {
  const graph: GraphInfo = {
    inputs: [{ name: 'input', type: 'float32', shape: ['N', 3, 80, 80] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['N', 2] }],
  };
  const withInput = (change: object) => ({ ...padCard, input: { ...padCard.input, ...change } });

  it('accepts a card that agrees with the graph, also where the graph leaves sizes free', () => {
    checkCard(padCard, graph, 'x');
    const free = { ...graph, inputs: [{ ...graph.inputs[0], shape: ['N', 3, 'h', 'w'] }] };
    checkCard(padCard, free, 'x');
    checkCard(withInput({ width: null, height: null }), free, 'x');
  });

  it('names the field and what the graph has', () => {
    assertProblem(
      () => checkCard(withInput({ name: 'data' }), graph, 'x'),
      'input.name',
      '"data"',
      'input [N, 3, 80, 80]',
    );
    assertProblem(
      () => checkCard(withInput({ width: 128 }), graph, 'x'),
      'input.width',
      '128',
      '[N, 3, 80, 80]',
    );
    assertProblem(() => checkCard(withInput({ height: null }), graph, 'x'), 'input.height', '[N, 3, 80, 80]');
    assertProblem(() => checkCard(withInput({ layout: 'NHWC' }), graph, 'x'), '[N, 3, 80, 80]');
    assertProblem(
      () => checkCard(withInput({ channels: 'gray' }), graph, 'x'),
      'input.channels',
      '[N, 3, 80, 80]',
    );
    const outputs = { scores: padCard.outputs.logits };
    assertProblem(() => checkCard({ ...padCard, outputs }, graph, 'x'), 'outputs.scores', 'logits [N, 2]');
    const three = { logits: { kind: 'logits' as const, classes: ['live', 'print', 'replay'] } };
    assertProblem(() => checkCard({ ...padCard, outputs: three }, graph, 'x'), 'outputs.logits', '[N, 2]');
  });

  it('wants the input named where the graph has several', () => {
    const two = { ...graph, inputs: [...graph.inputs, { name: 'mask', type: 'float32', shape: ['N', 1] }] };
    assertProblem(() => checkCard(withInput({ name: undefined }), two, 'x'), 'input.name', 'mask [N, 1]');
    checkCard(padCard, two, 'x');
  });

  it('refuses inputs that are no float32', () => {
    const bytes = { ...graph, inputs: [{ ...graph.inputs[0], type: 'uint8' }] };
    assertProblem(() => checkCard(padCard, bytes, 'x'), 'uint8');
  });
});
