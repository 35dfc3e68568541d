import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bindTarget, type Target } from '../../src/explain/target.js';
import type { Card, CardOutput } from '../../src/model/card.js';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';

function card(outputs: Record<string, CardOutput>, bonaFide?: string): Card {
  return {
    name: 'model',
    task: 'attribute',
    input: {
      width: 2,
      height: 2,
      layout: 'NCHW',
      channels: 'RGB',
      mean: [0],
      std: [1],
      crop: { kind: 'whole' },
      resize: 'linear',
    },
    outputs,
    ...(bonaFide === undefined ? {} : { bonaFide }),
  };
}

const random = new RandomState(2);
const vector = (length: number) => Float32Array.from({ length }, () => random.normal());

const pad = card(
  { depth: { kind: 'other', meaning: 'depth' }, y: { kind: 'logits', classes: ['spoof', 'live'] } },
  'live',
);
const shares = card({ p: { kind: 'probabilities', classes: ['a', 'b', 'c'] } });
const sigmoid = card({ s: { kind: 'probability', class: 'mask', other: 'skin' } });
const embedder = card({ e: { kind: 'embedding', normalised: false } });
const age = card({ years: { kind: 'regression', quantity: 'age', unit: 'years' } });

describe('bindTarget', () => {
  it('reads a class by its name, as probability or as logit', () => {
    const values = Float32Array.of(1, 3);
    const p = 1 / (1 + Math.exp(-2));
    const value = (target: Target) => bindTarget(target, pad).value(values, values);
    assert(Math.abs(value({ kind: 'class', class: 'live' }) - p) < 1e-12);
    assert(Math.abs(value({ kind: 'class', class: 'spoof' }) - (1 - p)) < 1e-12);
    assert.equal(value({ kind: 'class', class: 'live', of: 'logit' }), 3);
    assert.equal(value({ kind: 'bona-fide', of: 'logit' }), 3);
    const bound = bindTarget({ kind: 'bona-fide' }, pad);
    assert.deepEqual([bound.name, bound.output], ['probability of live', 'y']);
  });

  it('takes probabilities as they are', () => {
    const values = Float32Array.of(0.125, 0.625, 0.25);
    assert.equal(bindTarget({ kind: 'class', class: 'b' }, shares).value(values, values), 0.625);
    const one = Float32Array.of(0.75);
    assert.equal(bindTarget({ kind: 'class', class: 'mask' }, sigmoid).value(one, one), 0.75);
    assert.equal(bindTarget({ kind: 'class', class: 'skin' }, sigmoid).value(one, one), 0.25);
  });

  it('reads the logits of probabilities from before the softmax or sigmoid of the graph', () => {
    const softmax = { p: { kind: 'softmax', logits: 'scores' } } as const;
    const b = bindTarget({ kind: 'class', class: 'b', of: 'logit' }, shares, softmax);
    assert.deepEqual([b.name, b.output], ['logit of b', 'scores']);
    assert.equal(b.value(Float32Array.of(5, -2, 1), new Float32Array(3)), -2);
    const one = Float32Array.of(0.5);
    for (const [name, expected] of [
      ['mask', 0.5],
      ['skin', -0.5],
    ] as const) {
      const target = { kind: 'class', class: name, of: 'logit' } as const;
      const bound = bindTarget(target, sigmoid, { s: { kind: 'sigmoid', logits: 'z' } });
      assert.deepEqual([bound.output, bound.value(one, one)], ['z', expected]);
      assert.deepEqual([...bound.gradient(one, one)], [2 * expected]);
    }
  });

  it('compares embeddings by cosine, with a reference or with the image as it is', () => {
    const values = Float32Array.of(3, 4);
    const toReference = bindTarget({ kind: 'similarity', reference: Float32Array.of(2, 0) }, embedder);
    assert(Math.abs(toReference.value(values, values) - 0.6) < 1e-12);
    const toItself = bindTarget({ kind: 'self-similarity' }, embedder);
    assert.equal(toItself.value(values, values), 1);
    assert(Math.abs(toItself.value(values, Float32Array.of(0, 7)) - 0.8) < 1e-12);
  });

  it('has the derivative that central differences give, to 1e-3 of its length', () => {
    const reference = vector(6);
    const cases: [Target, Card, Float32Array][] = [
      [{ kind: 'class', class: 'live' }, pad, vector(2)],
      [{ kind: 'class', class: 'spoof', of: 'logit' }, pad, vector(2)],
      [{ kind: 'class', class: 'c' }, shares, vector(3)],
      [{ kind: 'class', class: 'mask' }, sigmoid, vector(1)],
      [{ kind: 'class', class: 'skin' }, sigmoid, vector(1)],
      [{ kind: 'similarity', reference }, embedder, vector(6)],
      [{ kind: 'self-similarity' }, embedder, vector(6)],
      [{ kind: 'quantity', quantity: 'age' }, age, vector(1)],
    ];
    const original = vector(6);
    for (const [target, of, values] of cases) {
      const bound = bindTarget(target, of);
      const gradient = bound.gradient(values, original);
      assert.equal(gradient.length, values.length);
      const length = Math.hypot(...gradient);
      assert(length > 0);
      values.forEach((value, at) => {
        const moved = (by: number) => bound.value(values.with(at, value + by), original);
        const step = 2 ** -8;
        const difference = (moved(step) - moved(-step)) / (2 * step);
        assert(
          Math.abs(difference - gradient[at]) < 1e-3 * length,
          `${bound.name}: ${difference} and ${gradient[at]}`,
        );
      });
    }
  });

  it('refuses what the model does not give', () => {
    const refused: [Target, Card, RegExp][] = [
      [{ kind: 'class', class: 'morph' }, pad, /no class "morph" \(its classes are spoof, live\)/],
      [{ kind: 'class', class: 'morph' }, embedder, /its outputs have no classes/],
      [
        { kind: 'class', class: 'a', of: 'logit' },
        shares,
        /gives probabilities, and the graph does not end in a softmax or sigmoid/,
      ],
      [{ kind: 'bona-fide' }, shares, /names no bona fide class/],
      [{ kind: 'self-similarity' }, pad, /no such output of kind embedding/],
      [{ kind: 'quantity', quantity: 'weight' }, age, /no such output/],
    ];
    for (const [target, of, message] of refused) {
      assert.throws(
        () => bindTarget(target, of),
        (error) => error instanceof Problem && message.test(error.message),
      );
    }
    const other = bindTarget({ kind: 'similarity', reference: vector(128) }, embedder);
    assert.throws(() => other.value(vector(512), vector(512)), /128 values, that of model has 512/);
  });
});
