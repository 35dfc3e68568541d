import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { benjaminiHochberg } from '../../../src/measure/groups/benjamini-hochberg.js';
import { holm } from '../../../src/measure/groups/holm.js';
import { RandomState } from '../../../src/tensor/random.js';

const close = (actual: readonly number[], expected: readonly number[]) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) =>
    assert.ok(Object.is(value, expected[i]) || Math.abs(value - expected[i]) < 1e-12, `${i}: ${value}`),
  );
};

describe('corrections for many comparisons', () => {
  const p = [0.01, 0.04, 0.03, 0.005];

  it('Holm: by hand', () => close(holm(p), [0.03, 0.06, 0.06, 0.02]));
  it('Benjamini and Hochberg: by hand', () => close(benjaminiHochberg(p), [0.02, 0.04, 0.04, 0.02]));

  it('the 15 p-values of Benjamini and Hochberg (1995): four found at 5 %, three by Holm', () => {
    const paper = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    assert.equal(benjaminiHochberg(paper).filter((value) => value <= 0.05).length, 4);
    assert.equal(holm(paper).filter((value) => value <= 0.05).length, 3);
  });

  for (const [name, correct] of Object.entries({ holm, benjaminiHochberg })) {
    it(`${name}: equals stay equal, the order stays, nothing becomes smaller or above 1, one stays itself`, () => {
      const random = new RandomState(4);
      for (let trial = 0; trial < 50; trial++) {
        const values = Array.from({ length: 12 }, () => Math.round(random.uniform(0, 1) * 20) / 20);
        const adjusted = correct(values);
        values.forEach((a, i) => {
          assert.ok(adjusted[i] >= a && adjusted[i] <= 1);
          values.forEach((b, j) => {
            if (a < b) assert.ok(adjusted[i] <= adjusted[j]);
            if (a === b) assert.equal(adjusted[i], adjusted[j]);
          });
        });
      }
      close(correct([0.03]), [0.03]);
      close(correct([]), []);
    });

    it(`${name}: a comparison that was not made does not count`, () => {
      const adjusted = correct([0.01, NaN, 0.04, 0.03, NaN, 0.005]);
      close(adjusted, [0, 1, 2, 3, 4, 5].map((i) => [correct(p)[0], NaN, correct(p)[1], correct(p)[2], NaN, correct(p)[3]][i])); // prettier-ignore
    });
  }
});
