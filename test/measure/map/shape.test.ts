import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { complexity } from '../../../src/measure/map/complexity.js';
import { sparseness } from '../../../src/measure/map/sparseness.js';

describe('sparseness', () => {
  it('is 0 where all pixels matter alike, 1 - 1/n where one holds everything', () => {
    assert.ok(Math.abs(sparseness([2, -2, 2, 2])) < 1e-15);
    assert.ok(Math.abs(sparseness([0, 0, -7, 0]) - 0.75) < 1e-15);
    assert.ok(Number.isNaN(sparseness([0, 0])));
  });

  it('is the mean absolute difference over twice the mean', () => {
    const map = [0.3, 1.2, -0.7, 4, 0, 2.5];
    const sizes = map.map(Math.abs);
    let differences = 0;
    for (const a of sizes) for (const b of sizes) differences += Math.abs(a - b);
    const sum = sizes.reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sparseness(map) - differences / (2 * sizes.length * sum)) < 1e-15);
  });
});

describe('complexity', () => {
  it('is ln n where all pixels matter alike, 0 where one holds everything', () => {
    assert.ok(Math.abs(complexity([1, -1, 1, 1]) - Math.log(4)) < 1e-15);
    assert.equal(complexity([0, 5, 0]), 0);
    assert.ok(Number.isNaN(complexity([0, 0])));
  });
});
