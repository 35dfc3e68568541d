import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { RandomState } from '../../src/tensor/random.js';

interface Golden {
  words: number[];
  random3: number[];
  mixed12345: Record<string, number[]> & { last: never };
  list: { words: number[]; shuffled: number[] };
  after2000: number[];
  max: number[];
}
const golden = JSON.parse(
  readFileSync(new URL('../../../test/fixtures/tensor/random-state.json', import.meta.url), 'utf8'),
) as Golden;

const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('RandomState gives the numbers of numpy.random.RandomState', () => {
  it('words of seed 3', () => {
    const random = new RandomState(3);
    const words = times(5, () => random.uint32());
    assert.deepEqual(words, [2365658986, 303761048, 3041471737, 3607553667, 1249426360]);
    assert.deepEqual(words, golden.words);
  });

  it('53-bit floats', () => {
    const random = new RandomState(3);
    assert.deepEqual(
      times(5, () => random.random()),
      golden.random3,
    );
  });

  it('every kind of draw, one after another from one stream', () => {
    const random = new RandomState(12345);
    const expected = golden.mixed12345;
    const draws = {
      random: times(3, () => random.random()),
      randint: [...random.integers(-5, 100, 10)],
      big: times(3, () => random.integer(0, 2 ** 32)),
      big31: times(3, () => random.integer(10, 2 ** 31 + 11)),
      perm: [...random.permutation(11)],
      uniform: times(3, () => random.uniform(-2, 5)),
      normal: times(5, () => random.normal()),
      choice: [...random.choice(9, 6)],
      choiceNo: [...random.choice(9, 6, { replace: false })],
      p: [...random.choice(5, 8, { p: [0.1, 0.2, 0.3, 0.15, 0.25] })],
      pNo: [...random.choice(5, 4, { replace: false, p: [0.1, 0.6, 0.1, 0.1, 0.1] })],
      last: random.integer(0, 1000),
    };
    for (const [name, values] of Object.entries(draws)) {
      if (name !== 'normal') assert.deepEqual(values, expected[name], name);
    }
    // log() may differ from the C library's by one unit in the last place.
    draws.normal.forEach((value, i) => assert.ok(Math.abs(value - expected.normal[i]) < 1e-14));
  });

  it('a list as seed, and shuffle', () => {
    const random = new RandomState([3, 17, 4294967295]);
    assert.deepEqual(
      times(5, () => random.uint32()),
      golden.list.words,
    );
    const items = times(20, () => 0).map((_, index) => index);
    random.shuffle(items);
    assert.deepEqual(items, golden.list.shuffled);
  });

  it('goes on past the first block of 624 words', () => {
    const random = new RandomState(0);
    times(2000, () => random.random());
    assert.deepEqual(
      times(2, () => random.random()),
      golden.after2000,
    );
  });

  it('takes the largest seed', () => {
    assert.deepEqual([...new RandomState(4294967295).integers(0, 7, 12)], golden.max);
  });
});

describe('RandomState', () => {
  it('draws each integer of a range, and none outside it', () => {
    for (const [low, high] of [
      [0, 1],
      [-3, 4],
      [5, 13],
    ] as const) {
      const seen = new Set(new RandomState(high).integers(low, high, 2000));
      assert.deepEqual(
        [...seen].sort((a, b) => a - b),
        times(high - low, () => 0).map((_, index) => low + index),
      );
    }
  });

  it('refuses what has no meaning', () => {
    assert.throws(() => new RandomState(-1), RangeError);
    assert.throws(() => new RandomState(1.5), RangeError);
    assert.throws(() => new RandomState([]), RangeError);
    const random = new RandomState(1);
    assert.throws(() => random.integer(3, 3), RangeError);
    assert.throws(() => random.choice(3, 4, { replace: false }), RangeError);
    assert.throws(() => random.choice(3, 2, { p: [0.5, 0.6, 0.2] }), RangeError);
    assert.throws(() => random.choice(3, 2, { replace: false, p: [0, 1, 0] }), RangeError);
  });
});
