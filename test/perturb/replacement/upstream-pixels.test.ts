import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { pixelOrder } from '../../../src/measure/map/pixel-order.js';
import { upstreamPixels, upstreamShares } from '../../../src/perturb/replacement/upstream-pixels.js';
import { decodeNpy } from '../../../src/tensor/npy.js';

interface GoldenLevel {
  readonly share: number;
  readonly count_lowest: number;
  readonly count_highest: number;
  readonly count_random: number;
}

const read = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../../test/fixtures/perturb/replacement/${name}`, import.meta.url));
const map = decodeNpy(read('rounded_map.npy')).data as Float32Array;
const golden = JSON.parse(new TextDecoder().decode(read('counts.json'))) as {
  percentages: number[];
  maps: Record<string, GoldenLevel[]>;
};
const pixelsIn = (file: string): number[] => Array.from(decodeNpy(read(file)).data, Number);

describe('upstreamPixels', () => {
  it('has the shares of numpy.arange', () => {
    assert.deepEqual(upstreamShares, golden.percentages);
  });

  it("replaces as many pixels of a map with ties as xSSAB's code", () => {
    for (const { share, count_lowest, count_highest, count_random } of golden.maps.rounded_map) {
      assert.equal(upstreamPixels(map, 'lowest', share).length, count_lowest);
      assert.equal(upstreamPixels(map, 'highest', share).length, count_highest);
      assert.equal(upstreamPixels(map, 'random', share).length, count_random);
    }
  });

  it('replaces the very same pixels', () => {
    assert.deepEqual(
      [...upstreamPixels(map, 'lowest', upstreamShares[9])],
      pixelsIn('rounded_map_lowest_50.npy'),
    );
    assert.deepEqual(
      [...upstreamPixels(map, 'highest', upstreamShares[0])],
      pixelsIn('rounded_map_highest_05.npy'),
    );
    assert.deepEqual(
      [...upstreamPixels(map, 'random', upstreamShares[0])].sort((a, b) => a - b),
      pixelsIn('random_strategy_05.npy'),
    );
  });

  it('starts its random order as the reference does, as does the default order with seed 3', () => {
    const { random_dpr_order_first_50: first } = JSON.parse(
      readFileSync(
        new URL('../../../../test/fixtures/perturb/patch/coordinates.json', import.meta.url),
        'utf8',
      ),
    ) as { random_dpr_order_first_50: number[] };
    assert.deepEqual([...upstreamPixels(map, 'random', 0.05).slice(0, 50)], first);
    assert.deepEqual([...pixelOrder(map, 'random', 3).slice(0, 50)], first);
  });

  it('refuses NaN', () => {
    assert.throws(() => upstreamPixels(Float32Array.of(1, Number.NaN), 'lowest', 0.5), /NaN/);
  });
});
