import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RasterImage } from '../../../src/image/raster-image.js';
import { gradientNoise, type GradientNoiseOptions } from '../../../src/perturb/adversarial/gradient-noise.js';
import type { LossGradient } from '../../../src/perturb/adversarial/loss-gradient.js';
import { gradientNoiseMethodNames } from '../../../src/perturb/adversarial/methods.js';
import { normNames, norms } from '../../../src/perturb/adversarial/norms/norms.js';
import { RandomState } from '../../../src/tensor/random.js';

const [width, height] = [6, 5];
const count = width * height * 3;

function imageOf(sample: (at: number) => number): RasterImage {
  return { width, height, channels: 3, data: Uint8Array.from({ length: count }, (_, at) => sample(at)) };
}

const random = new RandomState(11);
const weights = Float32Array.from({ length: count }, () => random.normal());
const middle = imageOf((at) => 100 + (at % 7));
const extreme = imageOf((at) => [0, 255, 3, 252][at % 4]);

/** Weights times samples: its gradient is the weights, everywhere. */
const linear: LossGradient = (samples) =>
  Promise.resolve({
    value: samples.reduce((sum, value, at) => sum + value * weights[at], 0),
    gradient: weights,
  });

/** Minus the squared distance from a place inside the cube. */
const bowl: LossGradient = (samples) => {
  const offset = samples.map((value, at) => value - (104 + 3 * Math.sin(at)));
  return Promise.resolve({
    value: -offset.reduce((sum, value) => sum + value * value, 0),
    gradient: offset.map((value) => -2 * value),
  });
};

function valueOf(image: RasterImage, loss: LossGradient): Promise<number> {
  return loss(Float32Array.from(image.data)).then(({ value }) => value);
}

const usual: GradientNoiseOptions = { method: 'fgsm', norm: 'linf', epsilon: 4, direction: 'raise' };

describe('gradientNoise', () => {
  it('is epsilon times the sign of the weights of a linear model, by FGSM and by momentum', async () => {
    for (const method of ['fgsm', 'mpgd'] as const) {
      const { image, reached, evaluations } = await gradientNoise(middle, linear, { ...usual, method });
      assert.deepEqual(
        [...image.data],
        Array.from(middle.data, (sample, at) => sample + 4 * Math.sign(weights[at])),
      );
      assert.equal(reached.linf, 4);
      assert.ok(Math.abs(reached.l2 - 4 * Math.sqrt(count)) < 1e-9);
      assert.equal(evaluations, method === 'fgsm' ? 2 : 11);
      const lowered = await gradientNoise(middle, linear, { ...usual, method, direction: 'lower' });
      assert.deepEqual(
        [...lowered.image.data],
        Array.from(middle.data, (sample, at) => sample - 4 * Math.sign(weights[at])),
      );
    }
  });

  it('reaches the corner of the cube from a random start too', async () => {
    const { image } = await gradientNoise(middle, linear, { ...usual, method: 'pgd', seed: 5 });
    assert.deepEqual(
      [...image.data],
      Array.from(middle.data, (sample, at) => sample + 4 * Math.sign(weights[at])),
    );
  });

  it('follows the weights in the L2 ball: no change of whole levels as large raises a linear model much more', async () => {
    const epsilon = 40;
    const { image, reached } = await gradientNoise(middle, linear, { ...usual, norm: 'l2', epsilon });
    const gain = (await valueOf(image, linear)) - (await valueOf(middle, linear));
    const bound = epsilon * Math.hypot(...weights);
    assert.ok(gain <= bound + 1e-6 && gain > 0.98 * bound, `${gain} of ${bound}`);
    assert.ok(reached.l2 <= epsilon && reached.l2 > epsilon - 0.5);
  });

  it('spends a small L2 radius on the samples that count most', async () => {
    const { image, reached } = await gradientNoise(middle, linear, { ...usual, norm: 'l2', epsilon: 2 });
    const largest = Array.from(weights.keys()).sort((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]));
    const moved = Array.from(image.data.keys()).filter((at) => image.data[at] !== middle.data[at]);
    assert.deepEqual(
      moved.sort((a, b) => a - b),
      largest.slice(0, 4).sort((a, b) => a - b),
    );
    assert.deepEqual(reached, { linf: 1, l2: 2 });
  });

  it('stays in the ball and within 0 to 255 after rounding, whatever the method, norm and image', async () => {
    for (const method of gradientNoiseMethodNames) {
      for (const norm of normNames) {
        for (const epsilon of [1, 2.7, 8, 90]) {
          for (const image of [middle, extreme]) {
            for (const loss of [linear, bowl]) {
              const noisy = await gradientNoise(image, loss, { ...usual, method, norm, epsilon, seed: 3 });
              const change = Array.from(image.data, (sample, at) => noisy.image.data[at] - sample);
              const what = `${method} ${norm} ${epsilon}`;
              assert.ok(norms[norm].length(change) <= epsilon + 1e-9, what);
              assert.deepEqual(
                noisy.reached,
                { linf: norms.linf.length(change), l2: norms.l2.length(change) },
                what,
              );
              if (loss !== linear || image !== extreme) continue;
              // A sample that wrapped around would have moved against the weights.
              assert.ok(
                change.every((move, at) => move * weights[at] >= 0 || method === 'pgd'),
                what,
              );
            }
          }
        }
      }
    }
  });

  it('raises or lowers a curved function, more in ten steps than in one', async () => {
    const before = await valueOf(middle, bowl);
    const one = await gradientNoise(middle, bowl, { ...usual, epsilon: 6 });
    const ten = await gradientNoise(middle, bowl, { ...usual, method: 'pgd', epsilon: 6, seed: 1 });
    const lowered = await gradientNoise(middle, bowl, {
      ...usual,
      method: 'pgd',
      epsilon: 6,
      direction: 'lower',
    });
    assert.ok((await valueOf(ten.image, bowl)) > before);
    assert.ok((await valueOf(ten.image, bowl)) > (await valueOf(one.image, bowl)));
    assert.ok((await valueOf(lowered.image, bowl)) < before);
  });

  it('gives the same samples for the same seed and others for another', async () => {
    const noise = async (seed: number) =>
      (
        await gradientNoise(middle, bowl, {
          ...usual,
          method: 'pgd',
          epsilon: 2,
          steps: 1,
          stepSize: 0.1,
          seed,
        })
      ).image.data;
    assert.deepEqual(await noise(7), await noise(7));
    assert.notDeepEqual(await noise(7), await noise(8));
  });

  it('does not touch the image', async () => {
    const before = middle.data.slice();
    await gradientNoise(middle, linear, { ...usual, method: 'pgd' });
    assert.deepEqual(middle.data, before);
  });

  it('refuses epsilon 0, less than a level, and a gradient of 0', async () => {
    const noise = (options: Partial<GradientNoiseOptions>, loss = linear) =>
      gradientNoise(middle, loss, { ...usual, ...options });
    await assert.rejects(noise({ epsilon: 0 }), /epsilon 0: leaves every image as it is/);
    await assert.rejects(noise({ epsilon: 0.5 }), /levels of 255/);
    await assert.rejects(noise({ epsilon: Number.NaN }), { name: 'Problem' });
    const flat: LossGradient = ({ length }) =>
      Promise.resolve({ value: 1, gradient: new Float32Array(length) });
    await assert.rejects(noise({}, flat), /it is 0 at every sample/);
  });

  it('stops where it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(gradientNoise(middle, linear, { ...usual, signal: abort.signal }), {
      name: 'AbortError',
    });
  });
});
