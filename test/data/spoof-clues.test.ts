import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { decodeImage } from '../../src/dataset/decode-image.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import type { RasterImage } from '../../src/image/raster-image.js';
import { imageFromUnit, unitSamples } from '../../src/image/unit-samples.js';
import { adjustments, type Adjustment } from '../../src/perturb/spoof/adjust-colour.js';
import { adjustPillowImage } from '../../src/perturb/spoof/adjust-pillow-image.js';
import { applyClue } from '../../src/perturb/spoof/apply-clue.js';
import { blendFaces } from '../../src/perturb/spoof/face-artifact/blend-faces.js';
import { softenMask } from '../../src/perturb/spoof/face-artifact/soften-mask.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const data = process.env.FACEPROBE_DATA;
const skip = data === undefined && 'FACEPROBE_DATA is not set';

interface Goldens {
  readonly moire: readonly { readonly before: string; readonly after: string; readonly degree: number }[];
  readonly blend: {
    readonly source: string;
    readonly target: string;
    readonly mask_binary: string;
    readonly mask_blurred: string;
    readonly r: readonly number[];
    readonly results: readonly string[];
  };
  readonly jitter: readonly {
    readonly file: string;
    readonly steps: readonly (readonly [Adjustment, number])[];
  }[];
}

describe('the spoof clues of the published code', { skip }, async () => {
  if (data === undefined) return;
  const cv = await loadOpenCv();
  const folder = join(data, 'golden/spoof');
  const goldens = JSON.parse(readFileSync(join(folder, 'spoof.json'), 'utf8')) as Goldens;
  const read = async (file: string) => (await decodeImage(join(folder, file))).image;

  it('moire: 99.9 % of the bytes', async () => {
    assert.equal(goldens.moire.length, 2);
    for (const { before, after, degree } of goldens.moire) {
      const image = await read(before);
      const expected = await read(after);
      const actual = applyClue(cv, image, {
        clue: 'moire',
        parameters: { degree },
        side: Math.min(image.width, image.height),
        compat: 'upstream',
      });
      const equal = actual.data.filter((sample, at) => sample === expected.data[at]).length;
      assert.ok(equal / expected.data.length >= 0.999, `${after}: ${equal} of ${expected.data.length}`);
    }
  });

  it('colour jitter on Pillow images, alone and in chains: every byte', async () => {
    const image = await read('moire0_before.png');
    assert.equal(goldens.jitter.length, 7);
    for (const { file, steps } of goldens.jitter) {
      const actual = steps.reduce((before, [name, amount]) => adjustPillowImage(before, name, amount), image);
      assert.deepEqual(actual.data, (await read(file)).data, file);
    }
  });

  it('colour jitter in floats: 1 level; of the hue, which Pillow has in bytes, half a level on average', async () => {
    const image = await read('moire0_before.png');
    for (const { file, steps } of goldens.jitter.filter((jitter) => jitter.steps.length === 1)) {
      const [[name, amount]] = steps;
      const unit = unitSamples(image);
      adjustments[name](unit, image.channels, amount);
      const { largest, mean } = furthest(imageFromUnit(unit, image), await read(file));
      assert.ok(
        name === 'hue' ? mean <= 0.5 : largest <= 1,
        `${file}: ${largest} levels, ${mean} on average`,
      );
    }
  });

  it('the blurred mask of a forgery to 1e-6, and the blend to 1 level', async () => {
    const { blend } = goldens;
    const source = await read(blend.source);
    const target = await read(blend.target);
    const npy = (file: string) => Float32Array.from(decodeNpy(readFileSync(join(folder, file))).data, Number);
    const mask = npy(blend.mask_binary);
    const soft = softenMask(cv, mask, source, 3, 1);
    npy(blend.mask_blurred).forEach((value, at) => assert.ok(Math.abs(soft[at] - value) <= 1e-6));
    for (const [at, ratio] of blend.r.entries()) {
      const blended = blendFaces(unitSamples(source), unitSamples(target), 3, soft, ratio);
      const expected = await read(blend.results[at]);
      assert.ok(furthest(imageFromUnit(blended, target), expected).largest <= 1);
    }
  });
});

function furthest(a: RasterImage, b: RasterImage): { largest: number; mean: number } {
  const differences = Array.from(a.data, (sample, at) => Math.abs(sample - b.data[at]));
  return {
    largest: differences.reduce((most, difference) => Math.max(most, difference)),
    mean: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
  };
}
