import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Card } from '../../../src/model/card.js';
import { checkCard } from '../../../src/model/check-card.js';
import { attributeScores } from '../../../src/model/outputs/attribute-scores.js';
import { outputMaps } from '../../../src/model/outputs/output-maps.js';
import { parseCard } from '../../../src/model/parse-card.js';
import { Problem } from '../../../src/problem.js';
import { padCard } from '../cards.js';

const rich: Card = {
  ...padCard,
  outputs: {
    ...padCard.outputs,
    depth: { kind: 'map', meaning: 'depth', channels: ['depth'], activation: 'none' },
    shine: { kind: 'map', meaning: 'reflection', channels: ['red', 'blue'], activation: 'sigmoid' },
    traits: { kind: 'attributes', names: ['Smiling', 'Young'], activation: 'sigmoid' },
    raw: { kind: 'attributes', names: ['Hat'], activation: 'none' },
  },
};

const outputs = {
  depth: { data: Float32Array.of(0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6), shape: [2, 1, 2, 3] },
  shine: { data: Float32Array.of(9, 9, 9, 9, 0, Math.log(3), 0, -Math.log(3)), shape: [2, 2, 1, 2] },
  traits: { data: Float32Array.of(0, 0, 0, Math.log(4)), shape: [2, 2] },
  raw: { data: Float32Array.of(0.25, 0.75), shape: [2, 1] },
};

const near = (actual: ArrayLike<number>, expected: readonly number[]) => {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => assert.ok(Math.abs(actual[i] - value) < 1e-6, `${actual[i]} for ${value}`));
};

describe('rich outputs', () => {
  it('reads attributes by name, after sigmoid where the card says so', () => {
    const scores = attributeScores(rich, outputs, 1);
    near(Object.values(scores.traits), [0.5, 0.8]);
    assert.deepEqual(Object.keys(scores.traits), ['Smiling', 'Young']);
    near(Object.values(scores.raw), [0.75]);
  });

  it('reads the planes of a map of the image that is asked for', () => {
    const [depth, shine] = outputMaps(rich, outputs, 1);
    assert.deepEqual(
      [depth.map.shape, [...depth.map.data]],
      [
        [1, 2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
    );
    assert.deepEqual(shine.map.shape, [2, 1, 2]);
    near(shine.map.data, [0.5, 0.75, 0.5, 0.25]);
  });

  it('takes the channels of an NHWC network from the last axis, and a map without channel axis as one', () => {
    const card = { ...rich, input: { ...rich.input, layout: 'NHWC' as const } };
    const [depth, shine] = outputMaps(
      card,
      {
        ...outputs,
        depth: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [1, 2, 3] },
        shine: { data: Float32Array.of(0, Math.log(3), 0, -Math.log(3)), shape: [1, 1, 2, 2] },
      },
      0,
    );
    assert.deepEqual(
      [depth.map.shape, [...depth.map.data]],
      [
        [1, 2, 3],
        [1, 2, 3, 4, 5, 6],
      ],
    );
    near(shine.map.data, [0.5, 0.5, 0.75, 0.25]);
  });

  it('is part of a card, which is checked against the graph', () => {
    assert.deepEqual(parseCard(structuredClone(rich), 'x'), rich);
    const graph = (depth: (number | string)[], traits: number) => ({
      inputs: [{ name: 'input', type: 'float32', shape: ['n', 3, rich.input.height!, rich.input.width!] }],
      outputs: [
        ...Object.keys(padCard.outputs).map((name) => ({ name, type: 'float32', shape: ['n', 2] })),
        { name: 'depth', type: 'float32', shape: depth },
        { name: 'shine', type: 'float32', shape: ['n', 2, 14, 14] },
        { name: 'traits', type: 'float32', shape: ['n', traits] },
        { name: 'raw', type: 'float32', shape: ['n', 1] },
      ],
    });
    checkCard(rich, graph(['n', 1, 14, 14], 2), 'x');
    checkCard(rich, graph(['n', 14, 14], 2), 'x');
    const refused = (depth: (number | string)[], traits: number, why: RegExp) =>
      assert.throws(
        () => checkCard(rich, graph(depth, traits), 'x'),
        (error) => {
          assert.ok(error instanceof Problem);
          assert.match(error.message, why);
          return true;
        },
      );
    refused(['n', 3, 14, 14], 2, /outputs\.depth is a map of 1 channel\(s\), but the graph gives depth/);
    refused(['n', 196], 2, /outputs\.depth is of kind map/);
    refused(['n', 1, 14, 14], 3, /outputs\.traits is of kind attributes with 2 value\(s\)/);
    const twice = { ...rich.outputs.traits, names: ['Hat', 'Hat'] };
    assert.throws(
      () => parseCard({ ...rich, outputs: { ...rich.outputs, traits: twice } }, 'x'),
      /traits: names "Hat" twice/,
    );
  });
});
