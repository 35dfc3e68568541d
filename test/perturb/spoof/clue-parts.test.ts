import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeImage } from '../../../src/dataset/decode-image.js';
import { encodeImage } from '../../../src/dataset/encode-image.js';
import { gammaEncoded, imageFromLight, lightPlanes, linearLight } from '../../../src/image/linear-light.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { imageFromUnit, unitSamples } from '../../../src/image/unit-samples.js';
import { applyClue } from '../../../src/perturb/spoof/apply-clue.js';
import { elasticDeformation } from '../../../src/perturb/spoof/face-artifact/elastic-deformation.js';
import { moveImage, moveMask } from '../../../src/perturb/spoof/face-artifact/spatial-transform.js';
import { faceMask } from '../../../src/perturb/spoof/face-mask.js';
import { dotThreshold } from '../../../src/perturb/spoof/print/halftone-screen.js';
import { displayPattern } from '../../../src/perturb/spoof/replay/display-pattern.js';
import { frontalLandmarks } from '../../face/landmarks68.js';
import { photo } from './photo.js';

const cv = await loadOpenCv();

describe('samples from 0 to 1, and light', () => {
  it('come back as they were, and hold what lies outside', () => {
    const image = photo(31, 17);
    assert.deepEqual(imageFromUnit(unitSamples(image), image), image);
    assert.deepEqual(imageFromLight(lightPlanes(image), 31, 17), image);
    assert.deepEqual(
      [...imageFromUnit(Float32Array.of(-1, 2), { width: 2, height: 1, channels: 1 }).data],
      [0, 255],
    );
    for (const value of [0, 0.02, 0.04045, 0.3, 1]) {
      assert.ok(Math.abs(gammaEncoded(linearLight(value)) - value) < 1e-7);
    }
  });
});

describe('elastic deformation', () => {
  const size = { width: 51, height: 41 };
  const ramp = Float32Array.from({ length: 51 * 41 }, (_, at) => (at % 51) / 100);

  it('leaves the mask where nothing is bent', () => {
    assert.deepEqual(elasticDeformation(ramp, size, 6, new Float64Array(72)), ramp);
  });

  it('shifts by equal displacements, with 0 from beyond the border', () => {
    const displacements = new Float64Array(72).fill(2, 0, 36);
    const bent = elasticDeformation(ramp, size, 6, displacements);
    for (let x = 0; x < 51; x++) {
      const expected = x + 2 <= 50 ? (x + 2) / 100 : 0;
      assert.ok(Math.abs(bent[20 * 51 + x] - expected) < 1e-6, `at ${x}`);
    }
  });

  it('goes through its controls, which lie on pixels 0, 10, ... and 0, 8, ...', () => {
    const displacements = new Float64Array(72);
    displacements[2 * 6 + 3] = 1.5;
    const bent = elasticDeformation(ramp, size, 6, displacements);
    for (const [column, row] of [
      [3, 2],
      [2, 2],
      [3, 3],
      [1, 4],
    ]) {
      const at = row * 8 * 51 + column * 10;
      const expected = ramp[at] + (column === 3 && row === 2 ? 0.015 : 0);
      assert.ok(Math.abs(bent[at] - expected) < 1e-6, `control ${column}, ${row}`);
    }
  });
});

describe('the motion of a self-blended face', () => {
  const size = { width: 9, height: 7 };
  const dot = Float32Array.from({ length: 63 }, (_, at) => (at === 3 * 9 + 4 ? 1 : 0));

  it('moves image and mask alike', () => {
    const motion = { scaleX: 1, scaleY: 1, shiftX: 2, shiftY: -1 };
    const moved = moveMask(dot, size, motion);
    assert.equal(moved[2 * 9 + 6], 1);
    assert.equal(
      moved.reduce((sum, value) => sum + value),
      1,
    );
    assert.deepEqual(moveImage(dot, size, 1, motion), moved);
  });

  it('repeats the edge of the image beyond its border, where the mask is 0', () => {
    const full = new Float32Array(63).fill(1);
    const motion = { scaleX: 0.5, scaleY: 0.5, shiftX: 0, shiftY: 0 };
    assert.ok(moveImage(full, size, 1, motion).every((value) => value === 1));
    assert.equal(moveMask(full, size, motion)[0], 0);
  });
});

describe('the halftone of a print', () => {
  it('covers as large a part of the area as there is ink', () => {
    for (const angle of [0, 15, 45, 75]) {
      const threshold = dotThreshold(4.3, angle, 0.2, 0.7);
      for (const ink of [0.1, 0.35, 0.5, 0.8]) {
        let covered = 0;
        for (let y = 0; y < 215; y++) for (let x = 0; x < 215; x++) covered += Number(threshold(x, y) < ink);
        assert.ok(
          Math.abs(covered / 215 ** 2 - ink) < 0.02,
          `${angle} degrees, ${ink}: ${covered / 215 ** 2}`,
        );
      }
    }
  });
});

describe('the pixels of a screen', () => {
  const line = (pitch: number, channel: number) =>
    Float64Array.from({ length: 400 }, (_, x) => displayPattern(pitch, 0, 0, 0)(x, 0, channel));
  /** The share of a wave of the given period in a line. */
  const wave = (values: Float64Array, period: number) => {
    let [re, im] = [0, 0];
    values.forEach((value, x) => {
      re += (value * Math.cos((2 * Math.PI * x) / period)) / values.length;
      im += (value * Math.sin((2 * Math.PI * x) / period)) / values.length;
    });
    return Math.hypot(re, im);
  };

  it('have a mean of 1', () => {
    let sum = 0;
    const pattern = displayPattern(1.12, 3, 0.1, 0.9);
    for (let y = 0; y < 280; y++) for (let x = 0; x < 280; x++) sum += pattern(x, y, 1);
    assert.ok(Math.abs(sum / 280 ** 2 - 1) < 0.01);
  });

  it('beat with those of the camera at the difference of their frequencies', () => {
    // A screen pixel of 1.25 camera pixels: 0.8 cycles a pixel fold back to 0.2, a beat of 5 pixels.
    const values = line(1.25, 0);
    assert.ok(wave(values, 5) > 0.05);
    assert.ok(wave(values, 7) < 0.005);
  });

  it('vanish where a camera pixel is a whole number of screen pixels', () => {
    const values = line(0.5, 0);
    assert.ok(values.every((value) => Math.abs(value - values[0]) < 1e-9));
  });

  it('are a third of a cell apart from colour to colour', () => {
    const pattern = displayPattern(9, 0, 0, 0);
    for (const x of [0, 1.7, 5]) assert.ok(Math.abs(pattern(x, 0, 0) - pattern(x + 3, 0, 1)) < 1e-12);
  });
});

describe('the losses of JPEG', () => {
  it('are those of a file of the same quality, half a level on average', async () => {
    for (const [quality, channels] of [
      [80, 3],
      [30, 3],
      [10, 3],
      [30, 1],
    ] as const) {
      const image = photo(97, 83, channels);
      const file = await decodeImage(await encodeImage(image, 'jpeg', { quality, dct: 'accurate' }));
      const actual = applyClue(cv, image, { clue: 'jpeg', parameters: { quality } });
      let [off, lost] = [0, 0];
      const step = channels === 1 ? 3 : 1;
      image.data.forEach((sample, at) => {
        off += Math.abs(actual.data[at] - file.image.data[at * step]) / image.data.length;
        lost += Math.abs(actual.data[at] - sample) / image.data.length;
      });
      assert.ok(off < 0.6 && lost > 5 * off, `quality ${quality}: ${off} off, ${lost} lost`);
    }
  });
});

describe('low light', () => {
  it('has the mean and the variance that it states', () => {
    const light = linearLight(128 / 255);
    const gray = { width: 100, height: 100, channels: 1 as const, data: new Uint8Array(10_000).fill(128) };
    const parameters = { exposure: 0.25, gain: 0.5, photons: 4000, read: 10 };
    const dark = applyClue(cv, gray, { clue: 'low-light', parameters });
    const seen = [...dark.data].map((sample) => linearLight(sample / 255));
    const mean = seen.reduce((sum, value) => sum + value) / seen.length;
    const variance = seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length;
    assert.ok(Math.abs(mean - light / 2) < 0.002, `${mean}`);
    const electrons = 0.25 * 4000 * light;
    const expected = (electrons + 100) * (2 / 4000) ** 2;
    assert.ok(Math.abs(variance / expected - 1) < 0.06, `${variance} for ${expected}`);
  });
});

describe('the mask of a face', () => {
  it('holds the face and the forehead, or the named regions alone', () => {
    const landmarks = frontalLandmarks();
    const face = faceMask(cv, landmarks, 400, 400);
    const at = ([x, y]: readonly [number, number]) => Math.round(y) * 400 + Math.round(x);
    for (const landmark of landmarks) assert.equal(face[at(landmark)], 1);
    const brow = landmarks[19];
    assert.equal(face[at([brow[0], brow[1] - 10])], 1);
    assert.equal(face[at([landmarks[0][0] - 5, landmarks[0][1]])], 0);
    const eyes = faceMask(cv, landmarks, 400, 400, ['eyes', 'mouth']);
    assert.equal(eyes[at(landmarks[37])] + eyes[at(landmarks[44])] + eyes[at(landmarks[51])], 3);
    assert.equal(eyes[at(landmarks[30])], 0);
    assert.ok(eyes.every((value, pixel) => value <= face[pixel]));
  });
});
