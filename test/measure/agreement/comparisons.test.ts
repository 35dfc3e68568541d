import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import {
  jensenShannonDistance,
  jensenShannonDivergence,
} from '../../../src/measure/agreement/jensen-shannon.js';
import { mapDistances } from '../../../src/measure/agreement/map-distances.js';
import { structuralSimilarity } from '../../../src/measure/agreement/structural-similarity.js';
import { Problem } from '../../../src/problem.js';
import { RandomState } from '../../../src/tensor/random.js';
import type { Tensor } from '../../../src/tensor/tensor.js';

interface Golden {
  shape: [number, number];
  a: number[];
  b: number[];
  jensenShannon: number;
  uniform: number;
  signed: number;
  gaussian: number | null;
}
const golden = JSON.parse(
  readFileSync(
    new URL('../../../../test/fixtures/measure/agreement/comparisons.json', import.meta.url),
    'utf8',
  ),
) as Golden[];

const near = (actual: number, expected: number, tolerance = 1e-10): void => {
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} for ${expected}`);
};

describe('Jensen-Shannon', () => {
  it("is SciPy's distance", () => {
    for (const { a, b, jensenShannon } of golden) near(jensenShannonDistance(a, b), jensenShannon);
  });

  it('is the root of 3/4 bit x log2 for a worked pair, 0 for equal maps of any scale, 1 without a common pixel', () => {
    // P = (1, 0), Q = (1/2, 1/2), R = (3/4, 1/4): (log2(4/3) + 1/2 log2(2/3) + 1/2 log2(2)) / 2.
    const expected = (Math.log2(4 / 3) + 0.5 * Math.log2(2 / 3) + 0.5) / 2;
    near(jensenShannonDivergence([3, 0], [1, 1]), expected, 1e-15);
    const map = Array.from({ length: 300 }, (_, i) => 1 + Math.sin(i));
    near(
      jensenShannonDivergence(
        map,
        map.map((value) => 7 * value),
      ),
      0,
      1e-15,
    );
    assert.equal(jensenShannonDivergence([0, 2, 0], [1, 0, 1]), 1);
  });

  it('has no value for a map without heat, and refuses values below 0 and NaN', () => {
    assert.ok(Number.isNaN(jensenShannonDivergence([0, 0], [1, 0])));
    assert.ok(Number.isNaN(jensenShannonDistance([1, 0], [0, 0])));
    assert.throws(() => jensenShannonDivergence([1, -1e-9], [1, 0]), Problem);
    assert.throws(() => jensenShannonDivergence([1, 0], [NaN, 0]), Problem);
    assert.throws(() => jensenShannonDivergence([1, 0], [1]), RangeError);
  });
});

describe('structuralSimilarity', () => {
  const plane = (shape: readonly number[], values: readonly number[]): Tensor<Float64Array> => ({
    shape,
    data: Float64Array.from(values),
  });

  it("is scikit-image's", () => {
    for (const { shape, a, b, uniform, signed, gaussian } of golden) {
      const [one, other] = [plane(shape, a), plane(shape, b)];
      near(structuralSimilarity(one, other, 1.1), uniform);
      const moved = plane(
        shape,
        a.map((value) => value - 0.5),
      );
      const turned = plane(
        shape,
        b.map((value) => 0.2 - value),
      );
      near(structuralSimilarity(moved, turned, 2), signed);
      if (gaussian !== null) near(structuralSimilarity(one, other, 1.1, { window: 'gaussian' }), gaussian);
    }
  });

  it('is 1 for equal maps and symmetric', () => {
    const { shape, a, b } = golden[3];
    near(structuralSimilarity(plane(shape, a), plane(shape, a), 1), 1, 1e-12);
    const [one, other] = [plane(shape, a), plane(shape, b)];
    near(structuralSimilarity(one, other, 1), structuralSimilarity(other, one, 1), 1e-15);
  });

  it('refuses maps smaller than a window, of different sizes, and no range', () => {
    const small = plane([6, 9], new Array<number>(54).fill(1));
    assert.throws(() => structuralSimilarity(small, small, 1), RangeError);
    const { shape, a } = golden[0];
    const map = plane(shape, a);
    assert.throws(() => structuralSimilarity(map, map, 1, { window: 'gaussian' }), RangeError);
    assert.throws(() => structuralSimilarity(map, map, 0), RangeError);
    assert.throws(() => structuralSimilarity(map, { ...map, shape: [49] }, 1), RangeError);
  });
});

describe('every map distance', () => {
  const random = new RandomState(2);
  const map = (): Tensor => ({
    shape: [9, 12],
    data: Float32Array.from({ length: 108 }, () => random.random()),
  });
  for (const [name, { distance, largest, signed }] of Object.entries(mapDistances)) {
    it(`${name} is 0 from itself, symmetric, and at most ${largest.toFixed(3)}`, () => {
      const [a, b] = [map(), map()];
      near(distance(a, a), 0, 1e-7);
      near(distance(a, b), distance(b, a), 1e-12);
      assert.ok(distance(a, b) > 0.01);
      const dark = { ...a, data: a.data.map((_, i) => Number(i % 2 === 0)) };
      const light = { ...a, data: dark.data.map((value) => 1 - value) };
      assert.ok(distance(dark, light) <= largest + 1e-12);
      assert.ok(distance(dark, light) > 0.49 * largest);
    });

    it(`${name} ${signed ? 'takes' : 'does not need'} values below 0, and has none for constant maps`, () => {
      const a = map();
      const flat = { ...a, data: new Float32Array(108) };
      assert.ok(Number.isNaN(distance(flat, flat)));
      if (!signed) return;
      const opposite = { ...a, data: a.data.map((value) => -value) };
      assert.ok(distance(a, opposite) > 1);
    });
  }
});
