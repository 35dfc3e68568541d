import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eigenCam } from '../../../src/explain/cam/eigencam.js';
import { gradCam } from '../../../src/explain/cam/gradcam.js';
import { gradCamPlusPlus } from '../../../src/explain/cam/gradcampp.js';
import { hiResCam } from '../../../src/explain/cam/hirescam.js';
import type { LayerActivations, LayerGradients } from '../../../src/explain/cam/layer.js';
import { layerCam } from '../../../src/explain/cam/layercam.js';
import { strongestChannels } from '../../../src/explain/cam/strongest-channels.js';
import { xGradCam } from '../../../src/explain/cam/xgradcam.js';
import { RandomState } from '../../../src/tensor/random.js';

/** Channels of 4 x 4 pixels, written row by row. */
function layer(activations: readonly (readonly number[])[]): LayerActivations {
  return {
    channels: activations.length,
    width: 4,
    height: 4,
    activations: Float32Array.from(activations.flat()),
  };
}

// prettier-ignore
const byHand: LayerGradients = {
  ...layer([
    [2, 2, 0, 0,  2, 2, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0],
    [0, 0, 0, 1,  0, 0, 0, 0,  0, 0, 0, 0,  1, 1, 1, 1],
  ]),
  gradients: Float32Array.from([
    ...Array.from({ length: 16 }, () => 0.5),
    -1, -1, -1, -1,  0, 0, 0, 0,  0, 0, 0, 0,  0.5, 0.5, 0.5, 0.5,
  ]),
};

/** A 4 x 4 map with one value in the square at the top left, one in the corner at the top right, one in the last row. */
function map(square: number, corner: number, bottom: number): number[] {
  const b = bottom;
  return [square, square, 0, corner, square, square, 0, 0, 0, 0, 0, 0, b, b, b, b];
}

function assertNear(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, at) => {
    assert.ok(Math.abs(actual[at] - value) <= tolerance, `place ${at}: ${actual[at]} instead of ${value}`);
  });
}

describe('maps of a layer of 4 x 4 by hand, to 1e-12', () => {
  it('gradcam: weights 0.5 and (4 · -1 + 4 · 0.5) / 16', () => {
    assertNear(gradCam(byHand), map(1, -0.125, -0.125), 1e-12);
  });

  it('gradcam++ with coefficients that add up to 1: weights 0.5 and 4 · 0.5 · (2/9) / (-4/3 + 8/9)', () => {
    assertNear(gradCamPlusPlus(byHand), map(1, -1, -1), 1e-12);
  });

  it('gradcam++ as in the paper: weights 16 · 0.5 / 6 and 4 · 0.5 · 2/9, to 1e-5 for the 1e-6 in the denominator', () => {
    assertNear(gradCamPlusPlus(byHand, 'pytorch-grad-cam'), map(8 / 3, 4 / 9, 4 / 9), 1e-5);
  });

  it('layercam: only positive gradients count', () => {
    assertNear(layerCam(byHand), map(1, 0, 0.5), 1e-12);
  });

  it('hirescam: gradient times activation', () => {
    assertNear(hiResCam(byHand), map(1, -1, 0.5), 1e-12);
  });

  it('xgradcam: weights 0.5 and (4 · 0.5 - 1) / 5, to 1e-7 for the 1e-7 in the denominator', () => {
    assertNear(xGradCam(byHand), map(1, 0.2, 0.2), 1e-7);
  });
});

describe('maps of layers with extreme values', () => {
  const gradientMethods = {
    gradCam,
    gradCamPlusPlus,
    paper: (each: LayerGradients) => gradCamPlusPlus(each, 'pytorch-grad-cam'),
    layerCam,
    hiResCam,
    xGradCam,
  };

  it('hold no NaN and no infinity', () => {
    const random = new RandomState(7);
    const extremes = [0, 0, 1e-45, -1e-45, 1e-30, -1e-20, 0.5, -2, 1e4, -1e4, 1e15, -1e15, 3e38];
    const draw = () => extremes[Math.floor(random.uniform(0, extremes.length))];
    for (let round = 0; round < 200; round++) {
      const values = () => Float32Array.from({ length: 48 }, draw);
      const drawn = { channels: 3, width: 4, height: 4, activations: values(), gradients: values() };
      for (const [name, mapOf] of Object.entries(gradientMethods)) {
        assert.ok(mapOf(drawn).every(Number.isFinite), `${name} in round ${round}`);
      }
    }
  });

  it('are 0 where the gradient is, and where the layer is', () => {
    const nothing = new Float32Array(32);
    for (const mapOf of Object.values(gradientMethods)) {
      assert.ok(mapOf({ ...byHand, gradients: nothing }).every((value) => value === 0));
      assert.ok(mapOf({ ...byHand, activations: nothing }).every((value) => value === 0));
    }
  });

  it('leave out a coefficient at its pole: 2 + g ΣA = 0', () => {
    const pole = {
      ...layer([Array.from({ length: 16 }, () => 1)]),
      gradients: new Float32Array(16).fill(-1 / 8),
    };
    assert.ok(gradCamPlusPlus(pole).every((value) => value === 0));
  });

  it('leave out a channel whose activations cancel what xgradcam adds to their sum', () => {
    const only = layer([Array.from({ length: 16 }, (_, at) => (at === 0 ? -1e-7 : 0))]);
    const map = xGradCam({ ...only, gradients: new Float32Array(16).fill(1) });
    assert.ok(map.every(Number.isFinite));
  });
});

describe('eigencam', () => {
  const square = [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  /** Channels that are multiples of one pattern; a quarter of it is 1. */
  const multiples = (...factors: number[]) =>
    layer(factors.map((factor) => square.map((value) => factor * value)));
  const expected = (length: number) => square.map((value) => length * (value - 0.25));

  it('of multiples of one pattern is the centred pattern times the length of the multiples, to 1e-6', () => {
    assertNear(eigenCam(multiples(3, 4)), expected(5), 1e-6);
    // More channels than pixels.
    assertNear(eigenCam(multiples(3, 4, ...Array.from({ length: 18 }, () => 0))), expected(5), 1e-6);
  });

  it('rises with the sum of the channels', () => {
    assertNear(eigenCam(multiples(-5, 0)), expected(-5), 1e-6);
    assertNear(eigenCam(multiples(-4, 3)), expected(-5), 1e-6);
  });

  it('is positive where it is largest if the channels cancel', () => {
    assertNear(eigenCam(multiples(3, -3)), expected(Math.sqrt(18)), 1e-6);
  });

  it('takes the component with the larger variance', () => {
    const bottom = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1].map((value) => value - 0.25);
    const orthogonal = [1, -1, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const drawn = layer([bottom.map((value) => 2 * value), orthogonal]);
    assertNear(
      eigenCam(drawn),
      bottom.map((value) => 2 * value),
      1e-6,
    );
    assertNear(eigenCam(layer([bottom, orthogonal])), orthogonal, 1e-6);
  });

  it('of a layer that is the same everywhere is 0', () => {
    assertNear(
      eigenCam(layer([Array.from({ length: 16 }, () => 3)])),
      Array.from({ length: 16 }, () => 0),
      0,
    );
  });
});

describe('strongestChannels', () => {
  it('are those that vary most, in the order of the layer; of equal ones the first', () => {
    const ramp = Array.from({ length: 16 }, (_, at) => at);
    const channels = layer([
      ramp,
      ramp.map((v) => 3 * v),
      ramp.map(() => 100),
      ramp.map((v) => -v),
      ramp.map((v) => 2 * v),
    ]);
    assert.deepEqual(strongestChannels(channels, 2), [1, 4]);
    assert.deepEqual(strongestChannels(channels, 3), [0, 1, 4]);
    assert.deepEqual(strongestChannels(channels), [0, 1, 2, 3, 4]);
    assert.deepEqual(strongestChannels(channels, 9), [0, 1, 2, 3, 4]);
  });
});
