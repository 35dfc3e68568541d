import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { countText, titleCase, valueFormat } from '../../src/report/value-format.js';

const written = (values: number[]) => values.map(valueFormat(values));

describe('valueFormat', () => {
  it('writes scores with two decimals', () => {
    assert.deepEqual(written([0, 0.5, 1]), ['0.00', '0.50', '1.00']);
    assert.deepEqual(written([-0.5, 0.004, 0.5]), ['−0.50', '0.00', '0.50']);
  });

  it('takes as many decimals as tell the values apart', () => {
    assert.deepEqual(written([0.9991, 0.9994, 0.9998]), ['0.99910', '0.99940', '0.99980']);
    assert.deepEqual(written([0.012, 0.034]), ['0.012', '0.034']);
    assert.deepEqual(written([12, 480]), ['12', '480']);
  });

  it('uses powers of ten where decimals would be long', () => {
    assert.deepEqual(written([1.25e-7, -3e-7]), ['1.25e−7', '−3.00e−7']);
    assert.deepEqual(written([3e8]), ['3.00e8']);
  });

  it('never writes minus zero, and writes what is not a number as such', () => {
    assert.deepEqual(written([-0.001, 0.9]), ['0.00', '0.90']);
    assert.deepEqual(written([NaN, Infinity, -Infinity, 0]), ['–', '∞', '−∞', '0.00']);
  });
});

describe('countText and titleCase', () => {
  it('write numbers and names for readers', () => {
    assert.equal(countText(7265), '7,265');
    assert.equal(titleCase('left_eye'), 'Left Eye');
    assert.equal(titleCase('upper  lip_region'), 'Upper Lip Region');
    assert.equal(titleCase(''), '');
  });
});
