import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { curveArea } from '../../../src/measure/faithfulness/curve-area.js';
import { deletionCurve, insertionCurve } from '../../../src/measure/faithfulness/pixel-curve.js';
import type { ImageInput, ScoreInputs } from '../../../src/measure/faithfulness/scored-input.js';
import { decodeNpy } from '../../../src/tensor/npy.js';
import { RandomState } from '../../../src/tensor/random.js';

interface GoldenCurve {
  readonly mode: 'deletion' | 'insertion';
  readonly steps: number;
  readonly baseline: number;
  readonly max_share: number;
  readonly images: 'both' | number;
  readonly auc: number;
  readonly step_pixels?: readonly number[];
  readonly scores?: readonly number[];
}

const read = (file: string): Uint8Array =>
  readFileSync(new URL(`../../../../test/fixtures/measure/faithfulness/${file}`, import.meta.url));
const array = (file: string): Float32Array => Float32Array.from(decodeNpy(read(file)).data, Number);
const golden = JSON.parse(new TextDecoder().decode(read('fidelity.json'))) as { results: GoldenCurve[] };
const [inputs, maps] = ['inputs.npy', 'maps.npy'].map(array);
const weights = decodeNpy(read('weights.npy')).data as Float64Array;

describe('deletionCurve and insertionCurve', () => {
  /** The sigmoid of the flattened input times the weights' column. */
  const model =
    (output: number): ScoreInputs =>
    (batch, count) =>
      Float64Array.from({ length: count }, (_, item) => {
        let sum = 0;
        for (let i = 0; i < 192; i++) sum += batch[item * 192 + i] * weights[2 * i + output];
        return 1 / (1 + Math.exp(-sum));
      });

  const image = (index: number): ImageInput => ({
    values: inputs.subarray(index * 192, (index + 1) * 192),
    width: 8,
    height: 8,
    channels: 3,
    layout: 'HWC',
  });

  for (const expected of golden.results) {
    const { mode, steps, baseline, max_share: share, images } = expected;
    it(`are Xplique's: ${mode}, ${steps} steps, baseline ${baseline}, share ${share}, image ${images}`, async () => {
      const curves = await Promise.all(
        (images === 'both' ? [0, 1] : [images]).map((index) =>
          (mode === 'deletion' ? deletionCurve : insertionCurve)({
            input: image(index),
            map: maps.subarray(index * 64, (index + 1) * 64),
            score: model(index),
            baseline,
            steps: steps === -1 ? 'pixels' : steps,
            maximalShare: share,
            batchSize: 3,
          }),
        ),
      );
      const mean = (values: readonly number[]): number =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      const error = Math.abs(mean(curves.map(({ area }) => area)) - expected.auc);
      assert.ok(error < 1e-9, `${error}`);
      if (expected.step_pixels !== undefined) assert.deepEqual([...curves[0].pixels], expected.step_pixels);
      expected.scores?.forEach((score, point) => {
        const own = Math.abs(mean(curves.map(({ scores }) => scores[point])) - score);
        assert.ok(own < 1e-9, `${own}`);
      });
    });
  }

  it('do not depend on the batch size or on the layout of the channels', async () => {
    const input = image(0);
    const planar = { ...input, layout: 'CHW' as const, values: new Float32Array(192) };
    input.values.forEach((value, at) => (planar.values[(at % 3) * 64 + Math.floor(at / 3)] = value));
    const map = maps.subarray(0, 64);
    const expected = await deletionCurve({ input, map, score: model(0), batchSize: 1 });
    for (const batchSize of [3, 16, 100]) {
      assert.deepEqual(await deletionCurve({ input, map, score: model(0), batchSize }), expected);
    }
    const ofPlanar: ScoreInputs = (batch, count) => {
      const back = batch.map(
        (_, at) => batch[Math.floor(at / 192) * 192 + (at % 3) * 64 + Math.floor((at % 192) / 3)],
      );
      return model(0)(back, count);
    };
    assert.deepEqual(await deletionCurve({ input: planar, map, score: ofPlanar }), expected);
  });

  it('are 0 and 1 for a perfect explanation of one pixel, whatever the other pixels', async () => {
    const random = new RandomState(4);
    const values = Float32Array.from({ length: 100 }, () => random.random());
    values[37] = 1;
    const input: ImageInput = { values, width: 10, height: 10, channels: 1, layout: 'CHW' };
    const score: ScoreInputs = (batch, count) =>
      Float64Array.from({ length: count }, (_, item) => (batch[item * 100 + 37] === 1 ? 1 : 0));
    const map = Float32Array.from({ length: 100 }, (_, pixel) => (pixel === 37 ? 1 : random.random()));
    const deletion = await deletionCurve({ input, map, score, steps: 'pixels' });
    const insertion = await insertionCurve({ input, map, score, steps: 'pixels' });
    // All but the half trapezoid before the first pixel.
    assert.ok(Math.abs(deletion.area - 0.005) < 1e-12);
    assert.ok(Math.abs(insertion.area - 0.995) < 1e-12);
  });

  it('have the level of a constant score', async () => {
    const flat: ScoreInputs = (_, count) => new Float64Array(count).fill(0.3);
    const map = maps.subarray(0, 64);
    assert.ok(Math.abs((await deletionCurve({ input: image(0), map, score: flat })).area - 0.3) < 1e-15);
    assert.ok(Math.abs((await insertionCurve({ input: image(0), map, score: flat })).area - 0.3) < 1e-15);
  });

  it('refuse a map or a baseline of another size', async () => {
    const options = { input: image(0), score: model(0) };
    await assert.rejects(deletionCurve({ ...options, map: new Float32Array(63) }), RangeError);
    await assert.rejects(
      deletionCurve({ ...options, map: new Float32Array(64), baseline: new Float32Array(5) }),
      RangeError,
    );
  });
});

describe('curveArea', () => {
  it('is the mean height, with the positions as widths', () => {
    assert.equal(curveArea([1, 0]), 0.5);
    assert.equal(curveArea([0, 1, 1], [0, 0.5, 1]), 0.75);
    assert.equal(curveArea([0, 1, 1], [0, 1, 4]), (0.5 + 3) / 4);
    assert.equal(curveArea([0.2, 0.2, 0.2], [0.1, 0.5, 0.6]), 0.2);
  });

  it('refuses one point and positions that do not rise', () => {
    assert.throws(() => curveArea([1]), RangeError);
    assert.throws(() => curveArea([1, 2], [1, 1]), RangeError);
  });
});
