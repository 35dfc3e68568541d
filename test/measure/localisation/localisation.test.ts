import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { f1Score } from '../../../src/measure/localisation/f1-score.js';
import { intersectionOverUnion } from '../../../src/measure/localisation/intersection-over-union.js';
import { localisationArea } from '../../../src/measure/localisation/localisation-area.js';
import { pointingGame } from '../../../src/measure/localisation/pointing-game.js';
import { relevanceMass } from '../../../src/measure/localisation/relevance-mass.js';
import { relevanceRank } from '../../../src/measure/localisation/relevance-rank.js';
import { topKIntersection } from '../../../src/measure/localisation/top-k-intersection.js';
import { RandomState } from '../../../src/tensor/random.js';

describe('localisation', () => {
  const mask = Uint8Array.of(0, 1, 1, 0, 0, 1, 0, 0);
  const truth = Float32Array.from(mask);

  it('is 1 for the truth map on every measure', () => {
    assert.equal(pointingGame(truth, mask), 1);
    assert.equal(relevanceMass(truth, mask), 1);
    assert.equal(relevanceRank(truth, mask), 1);
    assert.equal(topKIntersection(truth, mask, 2), 1);
    assert.equal(intersectionOverUnion(truth, mask, 0.5), 1);
    assert.equal(f1Score(truth, mask, 0.5), 1);
    assert.equal(localisationArea(truth, mask), 1);
  });

  it('is 0 for the opposite', () => {
    const opposite = truth.map((value) => 1 - value);
    assert.equal(pointingGame(opposite, mask), 0);
    assert.equal(relevanceMass(opposite, mask), 0);
    assert.equal(relevanceRank(opposite, mask), 0);
    assert.equal(topKIntersection(opposite, mask, 5), 0);
    assert.equal(intersectionOverUnion(opposite, mask, 0.5), 0);
    assert.equal(f1Score(opposite, mask, 0.5), 0);
    assert.equal(localisationArea(opposite, mask), 0);
  });

  it('gives a constant map its chance, not the luck of the first pixel', () => {
    const constant = new Float32Array(8).fill(0.7);
    for (const value of [
      pointingGame(constant, mask),
      relevanceMass(constant, mask),
      relevanceRank(constant, mask),
      topKIntersection(constant, mask, 3),
    ]) {
      assert.ok(Math.abs(value - 3 / 8) < 1e-7);
    }
    assert.equal(localisationArea(constant, mask), 0.5);
  });

  it('has the values of a case by hand', () => {
    // Highest: 4 outside; 3 inside; 2 inside and outside; then -1, -1, -5, 0.
    const map = Float32Array.of(4, 3, 2, 2, -1, -1, -5, 0);
    assert.equal(pointingGame(map, mask), 0);
    assert.equal(relevanceMass(map, mask), 5 / 11);
    // Of the three highest: 4 no, 3 yes, and one of two equal pixels, of which one is inside.
    assert.equal(relevanceRank(map, mask), 1.5 / 3);
    assert.equal(topKIntersection(map, mask, 2), 1 / 2);
    assert.equal(topKIntersection(map, mask, 4), 2 / 4);
    assert.equal(intersectionOverUnion(map, mask, 2), 2 / 5);
    assert.ok(Math.abs(localisationArea(map, mask) - (4 + 3.5 + 1.5) / 15) < 1e-15);
  });

  it('is what random order gives on average where values repeat', () => {
    const random = new RandomState(3);
    const map = Float32Array.from({ length: 200 }, () => Math.floor(random.random() * 5));
    const some = Uint8Array.from({ length: 200 }, () => (random.random() < 0.3 ? 1 : 0));
    const expected = topKIntersection(map, some, 60);
    let mean = 0;
    for (let round = 0; round < 2000; round++) {
      const jittered = map.map((value) => value + random.random() * 0.5);
      mean += topKIntersection(jittered, some, 60) / 2000;
    }
    assert.ok(Math.abs(mean - expected) < 0.003);
  });

  it('has no value where there is nothing to locate or nothing that locates', () => {
    const empty = new Uint8Array(8);
    assert.ok(Number.isNaN(relevanceRank(truth, empty)));
    assert.ok(Number.isNaN(localisationArea(truth, empty)));
    assert.ok(Number.isNaN(relevanceMass(new Float32Array(8).fill(-1), mask)));
    assert.ok(Number.isNaN(intersectionOverUnion(truth, empty, 2)));
  });

  it('refuses NaN and another size', () => {
    const holed = Float32Array.of(Number.NaN, 0, 0, 0, 0, 0, 0, 0);
    assert.throws(() => pointingGame(holed, mask), /NaN/);
    assert.throws(() => relevanceMass(holed, mask), /NaN/);
    assert.throws(() => pointingGame(truth, new Uint8Array(9)), RangeError);
    assert.throws(() => topKIntersection(truth, mask, 9), RangeError);
  });
});

describe('f1Score', () => {
  it('is the harmonic mean of precision and recall, and follows intersection over union', () => {
    const random = new RandomState(8);
    const map = Float32Array.from({ length: 200 }, () => random.random());
    const mask = Uint8Array.from({ length: 200 }, () => Number(random.random() < 0.3));
    for (const threshold of [0, 0.2, 0.5, 0.9]) {
      const inside = [...map].filter((value, i) => value >= threshold && mask[i] === 1).length;
      const precision = inside / map.filter((value) => value >= threshold).length;
      const recall = inside / mask.filter((value) => value === 1).length;
      const f1 = f1Score(map, mask, threshold);
      assert.ok(Math.abs(f1 - (2 * precision * recall) / (precision + recall)) < 1e-12);
      const union = intersectionOverUnion(map, mask, threshold);
      assert.ok(Math.abs(f1 - (2 * union) / (1 + union)) < 1e-12);
    }
  });

  it('counts a value on the threshold, and has no value where there is nothing to find or found', () => {
    assert.equal(f1Score(Float32Array.of(0.5, 0.25), [1, 0], 0.5), 1);
    assert.ok(Number.isNaN(f1Score(Float32Array.of(0.5, 0.25), [0, 0], 0.75)));
  });
});
