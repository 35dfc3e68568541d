import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { blankImage, type RasterImage } from '../../../src/image/raster-image.js';
import { matchColours } from '../../../src/perturb/morph/match-colours.js';
import { membrane } from '../../../src/perturb/morph/membrane.js';
import { type MorphedFace, morphFaces, type MorphMode } from '../../../src/perturb/morph/morph-faces.js';
import { pasteMask } from '../../../src/perturb/morph/paste-mask.js';
import { pasteSeamlessly } from '../../../src/perturb/morph/paste-seamlessly.js';
import { Problem } from '../../../src/problem.js';
import { frontalLandmarks } from '../../face/landmarks68.js';

const cv = await loadOpenCv();
const [width, height] = [200, 220];

/** A smooth picture of its own waves with a face of its own shape in the middle. */
function person(phase: number, wide = 1): MorphedFace {
  const image = blankImage(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++, at++)
        image.data[at] = 120 + 40 * Math.sin((x + 2 * channel) / 15 + phase) + 30 * Math.cos(y / 21 - phase);
    }
  }
  const landmarks = frontalLandmarks([0, 0]).map(([x, y]) => [100 + 0.5 * wide * x, 70 + 0.5 * y] as const);
  return { image, landmarks };
}

const first = person(0);
const second = person(2, 1.15);

function furthest(a: RasterImage, b: RasterImage): number {
  return a.data.reduce((most, sample, at) => Math.max(most, Math.abs(sample - b.data[at])), 0);
}

describe('membrane', () => {
  it('is the harmonic function of its edge', () => {
    const [w, h] = [40, 31];
    const free = new Uint8Array(w * h);
    const harmonic = Float32Array.from({ length: w * h }, (_, at) => {
      const [x, y] = [at % w, Math.floor(at / w)];
      if (Math.hypot(x - 20, y - 15) < 13) free[at] = 1;
      return (x * x - y * y) / 20 + x - y;
    });
    const held = harmonic.map((value, at) => (free[at] === 1 ? 0 : value));
    membrane(held, free, w, h).forEach((value, at) => assert.ok(Math.abs(value - harmonic[at]) < 0.02));
  });
});

describe('matchColours', () => {
  it('gives the mean and the spread of the other image inside the mask', () => {
    const mask = pasteMask(cv, first.landmarks, width, height);
    const darker = { ...first.image, data: first.image.data.map((sample) => 20 + 0.7 * sample) };
    assert.ok(furthest(matchColours(darker, first.image, mask), first.image) <= 2);
  });
});

describe('pasteSeamlessly', () => {
  const mask = pasteMask(cv, first.landmarks, width, height);

  it('gives the background where the pasted image differs from it by one level everywhere', () => {
    const brighter = { ...first.image, data: first.image.data.map((sample) => sample + 25) };
    assert.ok(furthest(pasteSeamlessly(cv, brighter, first.image, mask), first.image) <= 1);
  });

  it('changes nothing outside the mask, and hardly anything along its edge', () => {
    const pasted = pasteSeamlessly(cv, second.image, first.image, mask);
    let [inside, edge] = [0, 0];
    for (let pixel = 0; pixel < mask.length; pixel++) {
      const change = Math.abs(pasted.data[3 * pixel] - first.image.data[3 * pixel]);
      if (mask[pixel] === 0) assert.equal(change, 0);
      else if (mask[pixel - 1] === 0 || mask[pixel + 1] === 0) edge = Math.max(edge, change);
      else inside = Math.max(inside, change);
    }
    assert.ok(edge <= 3 && inside > 20, `${edge} at the edge, ${inside} inside`);
  });
});

describe('morphFaces', () => {
  it('gives a face back where it is morphed with itself, in every mode', () => {
    for (const mode of ['combined', 'splicing', 'complete'] satisfies MorphMode[]) {
      const { image, landmarks } = morphFaces(cv, first, first, { alpha: 0.3, mode });
      assert.ok(furthest(image, first.image) <= 1, mode);
      landmarks.flat().forEach((value, at) => assert.ok(Math.abs(value - first.landmarks.flat()[at]) < 1e-9));
    }
  });

  it('is the first face at alpha 0, whatever the second', () => {
    assert.ok(furthest(morphFaces(cv, first, second, { alpha: 0 }).image, first.image) <= 1);
  });

  it('takes shape and colours by shares of their own', () => {
    const shape = morphFaces(cv, first, second, { alpha: 0, shapeAlpha: 0.5 });
    const narrow = first.landmarks[16][0] - first.landmarks[0][0];
    const wide = shape.landmarks[16][0] - shape.landmarks[0][0];
    const full = morphFaces(cv, first, second, { alpha: 0, shapeAlpha: 1 }).landmarks;
    assert.ok(Math.abs(wide - (narrow + full[16][0] - full[0][0]) / 2) < 1e-9);
    assert.ok(furthest(shape.image, first.image) > 5);
    const spliced = morphFaces(cv, first, second, { mode: 'splicing' });
    assert.deepEqual(
      spliced.landmarks.map(([x, y]) => [x, y]),
      first.landmarks.map(([x, y]) => [x, y]),
    );
  });

  it('leaves the background of the first photograph, and blends both in the middle of the face', () => {
    const { image, landmarks } = morphFaces(cv, first, second, { mode: 'splicing' });
    const mask = pasteMask(cv, landmarks, width, height);
    mask.forEach((inside, pixel) => {
      if (inside === 0) assert.ok(Math.abs(image.data[3 * pixel] - first.image.data[3 * pixel]) <= 1);
    });
    assert.ok(furthest(image, first.image) > 15);
  });

  it('does not need photographs of one size', () => {
    const large: MorphedFace = {
      image: {
        width: 3 * width,
        height: 3 * height,
        channels: 3,
        data: Uint8Array.from({ length: 27 * width * height }, (_, at) => {
          const [x, y] = [Math.floor(at / 3) % (3 * width), Math.floor(at / (9 * width))];
          return first.image.data[(Math.floor(y / 3) * width + Math.floor(x / 3)) * 3 + (at % 3)];
        }),
      },
      landmarks: first.landmarks.map(([x, y]) => [3 * x + 1, 3 * y + 1]),
    };
    assert.ok(furthest(morphFaces(cv, first, large, {}).image, first.image) <= 1);
  });

  it('refuses shares outside of 0 to 1, and a face that is cut off', () => {
    assert.throws(() => morphFaces(cv, first, second, { alpha: 1.2 }), Problem);
    assert.throws(() => morphFaces(cv, first, second, { shapeAlpha: Number.NaN }), Problem);
    const cut = { ...second, landmarks: second.landmarks.map(([x, y]) => [x - 60, y] as const) };
    assert.throws(() => morphFaces(cv, first, cut), /the second face: reaches over the border/);
  });
});
