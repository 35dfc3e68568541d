import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { Generator } from '../../src/tensor/generator.js';

interface Golden {
  seed: number;
  random: number[];
  normal: number[];
}
const golden = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/tensor/generator.json', import.meta.url), 'utf8'),
) as { streams: Golden[]; far: { seed: number; from: number; normal: number[]; tail: [number, number][] } };

describe('Generator gives the numbers of numpy.random.default_rng', () => {
  for (const { seed, random, normal } of golden.streams) {
    it(`floats and normal samples of seed ${seed}`, () => {
      const generator = new Generator(seed);
      for (const value of random) assert.equal(generator.random(), value);
      for (const value of normal) close(generator.normal(), value);
    });
  }

  it('far into the stream, through every way that a sample is drawn, the tail too', () => {
    const { seed, from, normal, tail } = golden.far;
    const generator = new Generator(seed);
    const drawn = Float64Array.from({ length: from + normal.length }, () => generator.normal());
    normal.forEach((value, i) => close(drawn[from + i], value));
    assert.ok(tail.length > 10);
    for (const [place, value] of tail) close(drawn[place], value);
  });

  it('refuses a seed that is none', () => {
    for (const seed of [-1, 0.5, NaN, 2 ** 32]) assert.throws(() => new Generator(seed), RangeError);
  });
});

/** The layers of the ziggurat are computed, not copied, so the last bits of a sample differ. */
function close(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-13 * Math.abs(expected), `${actual} for ${expected}`);
}
