import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fitLime } from '../../../src/explain/lime/fit-lime.js';
import { sampleWeight } from '../../../src/explain/lime/sample-weight.js';
import { maskDesigns, type MaskDesignName } from '../../../src/perturb/mask-design/mask-design.js';
import { MaskSamples } from '../../../src/perturb/mask-design/mask-samples.js';
import { decodeNpy } from '../../../src/tensor/npy.js';
import { RandomState } from '../../../src/tensor/random.js';

/** A function of which segments are shown: what each does alone, in pairs and in threes. */
function interacting(mask: Uint8Array): number {
  let value = 0;
  for (let i = 0; i < mask.length; i++) {
    const j = (i + 1) % mask.length;
    const k = (i + 3) % mask.length;
    value += mask[i] * (i - 3 + 2 * mask[j] - mask[j] * mask[k]);
  }
  return value;
}

function sample(design: MaskDesignName, seed: number, segments: number, count: number) {
  const samples = new MaskSamples(new RandomState(seed), design, segments);
  const masks = samples.first(count);
  const values = Float64Array.from({ length: count }, (_, i) =>
    interacting(masks.subarray(i * segments, (i + 1) * segments)),
  );
  return { masks, segments, values, cluster: samples.cluster };
}

describe('the regression of LIME', () => {
  it('weighs samples by the cosine distance of their masks', () => {
    const weights = [
      [0, 3.35e-4],
      [1, 0.00477],
      [10, 0.23953],
      [29, 0.99774],
      [30, 1],
    ];
    for (const [shown, weight] of weights) {
      assert.ok(Math.abs(sampleWeight(shown, 30, 0.25) - weight) < 6e-6);
    }
  });

  it('equals Python’s lime, to 1e-6', () => {
    const values = Float64Array.from(
      decodeNpy(readFileSync('test/fixtures/explain/lime/labels.npy')).data as Float32Array,
    );
    const masks = decodeNpy(readFileSync('test/fixtures/perturb/mask-design/lime-samples.npy'))
      .data as Uint8Array;
    const expected = JSON.parse(readFileSync('test/fixtures/explain/lime/fit.json', 'utf8')) as {
      weights: number[];
      intercept: number;
      r2: number;
      local_prediction: number;
    };
    const fit = fitLime({ masks, segments: 28, values, cluster: 1 });
    fit.weights.forEach((weight, at) => assert.ok(Math.abs(weight - expected.weights[at]) < 1e-6));
    assert.ok(Math.abs(fit.intercept - expected.intercept) < 1e-6);
    assert.ok(Math.abs(fit.r2! - expected.r2) < 1e-6);
    assert.ok(Math.abs(fit.localPrediction - expected.local_prediction) < 1e-6);
    // Far apart enough that the first, weaker ridge cannot order them otherwise.
    assert.deepEqual(fit.order.slice(0, 3), [14, 11, 9]);
  });

  it('keeps the strongest segments, and fits them alone', () => {
    const segments = 6;
    const samples = sample('balanced', 1, segments, 200);
    const all = fitLime(samples);
    const kept = fitLime(samples, { features: 2 });
    assert.deepEqual(kept.order, all.order.slice(0, 2));
    const columns = [...kept.order].sort((a, b) => a - b);
    const alone = fitLime(
      {
        ...samples,
        segments: 2,
        masks: Uint8Array.from(
          { length: 400 },
          (_, at) => samples.masks[Math.floor(at / 2) * segments + columns[at % 2]],
        ),
      },
      // Samples weigh by all segments that they show, kept or not; a wide kernel makes them weigh the same.
      { kernelWidth: 1e6 },
    );
    const wide = fitLime(samples, { features: 2, kernelWidth: 1e6 });
    columns.forEach((segment, at) => {
      assert.ok(Math.abs(wide.weights[segment] - alone.weights[at]) < 1e-12);
      assert.ok(Math.abs(wide.standardErrors![segment] - alone.standardErrors![at]) < 1e-12);
    });
    assert.equal([...kept.weights].filter(Number.isNaN).length, 4);
  });

  for (const design of Object.keys(maskDesigns) as MaskDesignName[]) {
    it(`claims standard errors that are the spread over repeats: ${design}`, () => {
      const [segments, count, repeats] = [10, 400, 400];
      const sums = new Float64Array(segments);
      const squares = new Float64Array(segments);
      const claimed = new Float64Array(segments);
      for (let seed = 0; seed < repeats; seed++) {
        const { weights, standardErrors } = fitLime(sample(design, seed, segments, count));
        weights.forEach((weight, at) => {
          sums[at] += weight;
          squares[at] += weight * weight;
          claimed[at] += standardErrors![at] ** 2;
        });
      }
      const spread = squares.map((square, at) => square - sums[at] ** 2 / repeats);
      const ratios = Array.from(claimed, (claim, at) => Math.sqrt(claim / spread[at]));
      // 400 repeats know a spread to 3.5 %. The pairs of a balanced block are not independent, to its advantage.
      const most = design === 'balanced' ? 1.2 : 1.1;
      for (const ratio of ratios) assert.ok(ratio > 0.9 && ratio < most, `${ratio}`);
    });
  }
});
