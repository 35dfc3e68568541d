import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { mapDistance } from '../../../src/measure/agreement/map-distance.js';
import { pearsonCorrelation } from '../../../src/measure/agreement/pearson-correlation.js';
import { spearmanCorrelation } from '../../../src/measure/agreement/spearman-correlation.js';

describe('pearsonCorrelation', () => {
  it('agrees with scipy.stats.pearsonr', () => {
    const value = pearsonCorrelation([1, 2, 3, 4, 7], [2, 1, 4, 3, 9]);
    assert.ok(Math.abs(value - 0.9204922441828917) < 1e-12);
  });

  it('is 1 for a map scaled and shifted, also far from 0', () => {
    const map = Float64Array.from({ length: 500 }, (_, i) => 1e6 + Math.sin(i));
    assert.ok(
      Math.abs(
        pearsonCorrelation(
          map,
          map.map((value) => 3 * value - 7),
        ) - 1,
      ) < 1e-9,
    );
    assert.ok(
      Math.abs(
        pearsonCorrelation(
          map,
          map.map((value) => -value),
        ) + 1,
      ) < 1e-9,
    );
  });

  it('has no value for a constant map', () => {
    assert.ok(Number.isNaN(pearsonCorrelation([1, 1], [1, 2])));
  });
});

describe('spearmanCorrelation', () => {
  it('sees the order alone', () => {
    assert.ok(Math.abs(spearmanCorrelation([1, 2, 3, 4], [0, 1, 10, 1000]) - 1) < 1e-12);
  });

  it('gives equal values the mean of their ranks', () => {
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3: 4.5 / sqrt(4.5 * 5).
    assert.ok(Math.abs(spearmanCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / Math.sqrt(22.5)) < 1e-12);
  });
});

describe('mapDistance', () => {
  it('has the value of the reference toy to 1e-9', () => {
    const file = new URL('../../../../test/fixtures/measure/agreement/map_distance.json', import.meta.url);
    const { toy } = JSON.parse(readFileSync(file, 'utf8')) as {
      toy: { P: number[]; Q: number[]; distance: number };
    };
    assert.ok(Math.abs(mapDistance(toy.P, toy.Q) - toy.distance) < 1e-9);
  });

  it('is symmetric, and 0 for a map scaled and shifted', () => {
    const a = [0.1, 0.7, 0.3, 0.9];
    const b = [5, 1, 2, 2];
    assert.equal(mapDistance(a, b), mapDistance(b, a));
    assert.ok(
      Math.abs(
        mapDistance(
          a,
          a.map((value) => 4 * value + 1),
        ),
      ) < 1e-15,
    );
  });
});
