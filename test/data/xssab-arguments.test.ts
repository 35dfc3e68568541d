import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { combinedMap } from '../../src/explain/xssab/combined-map.js';
import { similarityArguments } from '../../src/explain/xssab/similarity-arguments.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import type { Tensor } from '../../src/tensor/tensor.js';

interface GoldenPair {
  readonly model: string;
  readonly pair: string;
  readonly direction: string;
  readonly crop_explained: number;
  readonly crop_reference: number;
  readonly threshold: number;
  readonly bound: number;
  readonly cosine_float64: number;
  readonly score_positive: number;
  readonly score_negative: number;
  readonly positive_indices: readonly number[];
}

const data = process.env.FACEPROBE_DATA ?? '';

describe("xSSAB's arguments and maps", { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  const folder = join(data, 'golden', 'xssab');
  const array = (name: string) => decodeNpy(readFileSync(join(folder, name)));
  const golden = (): { embedding_rows: Record<string, number[]>; results: GoldenPair[] } =>
    JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8')) as ReturnType<typeof golden>;

  it('has the arguments of every pair', () => {
    const { embedding_rows: rows, results } = golden();
    assert.equal(results.length, 12);
    for (const pair of results) {
      const { data: all, shape } = array(`${pair.model}_embeddings.npy`);
      const embedding = (crop: number): Float32Array => {
        const row = rows[pair.model].indexOf(crop);
        return (all as Float32Array).subarray(row * shape[1], (row + 1) * shape[1]);
      };
      const found = similarityArguments(
        embedding(pair.crop_explained),
        embedding(pair.crop_reference),
        pair.threshold,
      );
      const indices = [...found.positive.keys()].filter((i) => found.positive[i] !== 0);
      assert.deepEqual(indices, pair.positive_indices);
      assert.equal(found.bound, pair.bound);
      assert.ok(Math.abs(found.cosine - pair.cosine_float64) < 1e-5);
      assert.ok(Math.abs(found.positiveScore - pair.score_positive) < 1e-5);
      assert.ok(Math.abs(found.negativeScore - pair.score_negative) < 1e-5);
    }
  });

  it('combines gradients as upstream', () => {
    for (const { model, pair, direction } of golden().results) {
      const name = `${model}_${pair}_${direction}`;
      const [positive, negative] = ['pos', 'neg'].map((half) => array(`${name}_${half}.npy`) as Tensor);
      const map = combinedMap(positive, negative);
      const expected = array(`${name}_combined.npy`).data as Float32Array;
      assert.equal(map.length, expected.length);
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      map.forEach((value, pixel) => assert.ok(Math.abs(value - expected[pixel]) <= 1e-6 * largest));
    }
  });
});
