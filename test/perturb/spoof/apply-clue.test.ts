import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOpenCv } from '../../../src/image/opencv.js';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { applyClue } from '../../../src/perturb/spoof/apply-clue.js';
import { spoofClueNames, spoofClues } from '../../../src/perturb/spoof/clues.js';
import { severities, type SpoofClue } from '../../../src/perturb/spoof/spoof-clue.js';
import { Problem } from '../../../src/problem.js';
import { photo } from './photo.js';

const cv = await loadOpenCv();
const image = photo();
const pixels = image.width * image.height;
const middle = Float32Array.from({ length: pixels }, (_, at) =>
  Math.hypot((at % image.width) - 48, Math.floor(at / image.width) - 40) < 24 ? 1 : 0,
);

const difference = (a: RasterImage, b: RasterImage) =>
  a.data.reduce((sum, sample, at) => sum + Math.abs(sample - b.data[at]), 0) / a.data.length;

for (const clue of spoofClueNames) {
  const { needsMask, seeded }: SpoofClue = spoofClues[clue];
  const mask = needsMask ? middle : undefined;

  describe(`the clue ${clue}`, () => {
    it('gives an image of the same size, changed, and leaves the given one as it is', () => {
      for (const given of [image, photo(61, 83), photo(50, 40, 1)]) {
        const before = given.data.slice();
        const whole = needsMask ? new Float32Array(given.width * given.height).fill(1) : undefined;
        const changed = applyClue(cv, given, { clue, severity: 5, seed: 5, mask: whole });
        assert.deepEqual(
          [changed.width, changed.height, changed.channels, changed.data.length],
          [given.width, given.height, given.channels, given.data.length],
        );
        assert.deepEqual(given.data, before);
        assert.ok(difference(given, changed) > 0.2);
      }
    });

    it('gives the same samples for the same seed, and others for another where it is seeded', () => {
      const [first, again, other] = [3, 3, 4].map((seed) => applyClue(cv, image, { clue, seed, mask }));
      assert.deepEqual(first, again);
      assert.equal(difference(first, other) > 0, seeded);
    });

    it('changes more at a higher severity, as a mean over seeds', () => {
      const seeds = seeded ? [0, 1, 2, 3, 4, 5, 6, 7] : [0];
      const means = severities.map(
        (severity) =>
          seeds
            .map((seed) => difference(image, applyClue(cv, image, { clue, severity, seed, mask })))
            .reduce((sum, value) => sum + value) / seeds.length,
      );
      for (let at = 1; at < means.length; at++) assert.ok(means[at] > means[at - 1], means.join(' '));
    });

    it('changes nothing where the mask is 0', { skip: needsMask && 'it may change colours outside' }, () => {
      const none = applyClue(cv, image, { clue, severity: 5, mask: new Uint8Array(pixels) });
      assert.deepEqual(none.data, image.data);
    });

    it('has parameters of every severity within their ranges', () => {
      const { parameters, severities: table }: SpoofClue = spoofClues[clue];
      for (const set of table) {
        assert.deepEqual(Object.keys(set).sort(), Object.keys(parameters).sort());
        for (const [name, value] of Object.entries(set)) {
          assert.ok(value >= parameters[name].minimum && value <= parameters[name].maximum, name);
        }
      }
    });
  });
}

describe('applyClue', () => {
  it('blends by the mask: half of it is half of the change', () => {
    const whole = applyClue(cv, image, { clue: 'moire', severity: 5 });
    const half = applyClue(cv, image, {
      clue: 'moire',
      severity: 5,
      mask: new Float32Array(pixels).fill(0.5),
    });
    half.data.forEach((sample, at) =>
      assert.equal(sample, Math.round(image.data[at] + (whole.data[at] - image.data[at]) / 2)),
    );
  });

  it('takes single parameters over those of the severity', () => {
    const still = applyClue(cv, image, { clue: 'moire', severity: 5, parameters: { degree: 0 } });
    assert.deepEqual(still.data, image.data);
  });

  it('refuses what cannot be meant', () => {
    const refuses = (request: object, expected: RegExp | typeof RangeError) =>
      assert.throws(
        () => applyClue(cv, image, { clue: 'moire', ...request }),
        expected instanceof RegExp
          ? (error) => error instanceof Problem && expected.test(error.message)
          : expected,
      );
    refuses({ parameters: { degre: 1 } }, /parameter "degre".*use degree, weight/);
    refuses({ parameters: { weight: 1.5 } }, /weight 1.5 of moire: it is a number from 0 to 1/);
    refuses({ parameters: { weight: Number.NaN } }, /weight NaN/);
    refuses({ mask: new Uint8Array(pixels).fill(255) }, RangeError);
    refuses({ mask: new Uint8Array(3) }, RangeError);
  });
});
