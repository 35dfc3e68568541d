import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Attribution } from '../../src/explain/attribution.js';
import { type Differentiable, openDifferentiable } from '../../src/explain/differentiable.js';
import { explainGradient } from '../../src/explain/gradient.js';
import { explainInputXGradient } from '../../src/explain/input-x-gradient.js';
import { explainIntegratedGradients } from '../../src/explain/integrated-gradients.js';
import type { Model } from '../../src/model/model.js';
import { relativeL2 } from '../explain/small-networks.js';
import { needsData, openMinifas, readGolden, real } from './captum-golden.js';

const pixels = 128 * 128;

function planar({ channels: { data } }: Attribution): Float32Array {
  return data.map((_, at) => data[(at % pixels) * 3 + Math.floor(at / pixels)]);
}

describe('gradient methods against Captum 0.8 (golden/captum)', needsData, () => {
  let model: Model;
  let network: Differentiable;
  before(async () => {
    model = await openMinifas(1);
    network = await openDifferentiable(model, 'output', { threads: 1 });
  });
  after(() => Promise.all([network.close(), model.close()]));

  for (const image of [0, 1, 2, 3]) {
    // The activations of image 1 lie on corners, where float32 and float64 differ as much: see the golden's README.
    const tolerance = image === 1 ? 2e-3 : 1e-4;

    it(`gradient and input-x-gradient of input ${image}: relative L2 of at most ${tolerance}`, async () => {
      const input = await readGolden(`input${image}`);
      const gradient = planar(await explainGradient(network, input, real));
      const [saliency, product] = await Promise.all([
        readGolden(`saliency${image}`),
        readGolden(`input_x_gradient${image}`),
      ]);
      assert.ok(relativeL2(gradient.map(Math.abs), saliency.data) <= tolerance);
      const times = planar(await explainInputXGradient(network, input, real));
      assert.ok(relativeL2(times, product.data) <= tolerance);
    });

    it(`integrated-gradients of input ${image}: relative L2 of at most 5e-3`, async () => {
      const input = await readGolden(`input${image}`);
      const explained = await explainIntegratedGradients(network, input, real);
      const expected = await readGolden(`integrated_gradients${image}`);
      const difference = relativeL2(planar(explained), expected.data);
      assert.ok(difference <= 5e-3, `relative L2 ${difference}`);
      assert.deepEqual(
        [explained.map.provenance.forwardPasses, explained.map.provenance.backwardPasses],
        [52, 50],
      );
    });
  }

  it('integrated-gradients by trapezoids and middles: relative L2 of at most 5e-3', async () => {
    const input = await readGolden('input0');
    for (const [quadrature, scale] of [
      // Captum weighs 50 nodes with 1/50 and the ends with half of it, which adds up to 0.98; ours add up to 1.
      ['trapezoid', 49 / 50],
      ['middle', 1],
    ] as const) {
      const expected = await readGolden(`integrated_gradients_riemann_${quadrature}_0`);
      const explained = await explainIntegratedGradients(network, input, real, { quadrature });
      const difference = relativeL2(
        planar(explained).map((value) => value * scale),
        expected.data,
      );
      assert.ok(difference <= 5e-3, `${quadrature}: relative L2 ${difference}`);
    }
  });
});
