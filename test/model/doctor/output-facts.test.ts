import assert from 'node:assert/strict';
import { it } from 'node:test';
import { outputFacts } from '../../../src/model/doctor/output-facts.js';
import type { OutputEnding } from '../../../src/onnx/inspect/output-ending.js';

const facts = (ending: OutputEnding, rows: readonly (readonly number[])[], shape = [rows[0].length]) =>
  outputFacts('y', ending, { data: Float32Array.from(rows.flat()), shape: [rows.length, ...shape] });

it('tells logits from probabilities by their values, where the graph does not show it', () => {
  assert.equal(
    facts('other', [
      [2, -1],
      [0.3, 0.7],
    ]).nature,
    'logits',
  );
  assert.equal(
    facts('other', [
      [0.9, 0.1],
      [0.3, 0.7],
    ]).nature,
    'probabilities',
  );
  assert.equal(facts('softmax', [[0.9, 0.1]]).nature, 'probabilities');
  // In 0..1, but they do not add up to 1: sigmoids of their own, or logits.
  assert.equal(facts('other', [[0.9, 0.9]]).nature, 'logits');
});

it('tells a probability from a number', () => {
  assert.equal(facts('sigmoid', [[0.5], [0.2]]).nature, 'probability');
  assert.equal(facts('other', [[0.5], [0.2]]).nature, 'probability');
  assert.equal(facts('other', [[31], [0.2]]).nature, 'number');
});

it('tells an embedding, and whether it has length 1 already', () => {
  const long = Array.from({ length: 128 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  assert.deepEqual(
    [long, long.map((value) => value / Math.sqrt(128))].map((row) => {
      const { nature, unitLength } = facts('other', [row]);
      return [nature, unitLength];
    }),
    [
      ['embedding', false],
      ['embedding', true],
    ],
  );
});

it('takes maps for neither, and looks past values that are not finite', () => {
  assert.equal(facts('other', [[1, 2, 3, 4]], [1, 2, 2]).nature, 'other');
  const broken = facts('other', [
    [Number.NaN, 1],
    [0.25, 0.75],
  ]);
  assert.deepEqual([broken.nature, broken.finite], ['probabilities', false]);
});
