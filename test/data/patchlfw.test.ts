import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import type { RasterImage } from '../../src/image/raster-image.js';
import { pastePatches } from '../../src/perturb/patch/paste-patches.js';
import { planUpstreamPatches } from '../../src/perturb/patch/plan-upstream-patches.js';
import { pixelOrder, type PixelRule } from '../../src/measure/map/pixel-order.js';
import { pixelShare } from '../../src/measure/map/pixel-share.js';
import { restorePixels } from '../../src/perturb/replacement/restore-pixels.js';
import { upstreamPixels } from '../../src/perturb/replacement/upstream-pixels.js';
import { decodeNpy } from '../../src/tensor/npy.js';

const data = process.env.FACEPROBE_DATA ?? '';

describe('PatchLFW', { skip: data === '' && 'FACEPROBE_DATA is not set' }, () => {
  const golden = (...path: string[]): string => join(data, 'golden', ...path);
  const array = (...path: string[]) => decodeNpy(readFileSync(golden(...path)));
  const numbers = (file: string): number[] => Array.from(array('patchlfw', file).data, Number);

  async function picture(...path: string[]): Promise<RasterImage> {
    const { data: pixels, info } = await sharp(golden(...path))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: 3, data: new Uint8Array(pixels) };
  }

  function firstImpostorPatches() {
    const pair = { a: '0', b: '1', genuine: false, identityA: 'x', identityB: 'y' };
    return planUpstreamPatches([pair], { width: 112, height: 112 }, ['0', '1'])[0].patches;
  }

  it('patches the first impostor pair as upstream', async () => {
    const original = await picture('xssab', 'crop00.png');
    const patched = pastePatches(original, await picture('xssab', 'crop01.png'), firstImpostorPatches());
    assert.deepEqual(patched.data, (await picture('patchlfw', 'patched_crop00_from_crop01.png')).data);
  });

  it('puts 25 % of the pixels back as upstream', async () => {
    const original = await picture('xssab', 'crop00.png');
    const patched = await picture('patchlfw', 'patched_crop00_from_crop01.png');
    const map = array('patchlfw', 'random_map.npy').data as Float32Array;
    for (const [rule, file] of [
      ['lowest', 'patched_restored_lowest25.png'],
      ['random', 'patched_restored_random25.png'],
    ] as const) {
      const restored = restorePixels(patched, original, upstreamPixels(map, rule, 0.25));
      assert.deepEqual(restored.data, (await picture('patchlfw', file)).data);
    }
  });

  it('chooses the very pixels of upstream at all levels that are stored', () => {
    for (const name of ['random_map', 'rounded_map']) {
      const map = array('patchlfw', `${name}.npy`).data as Float32Array;
      for (const rule of ['lowest', 'highest'] as const) {
        for (const percent of [5, 50, 95]) {
          const file = `${name}_${rule}_${String(percent).padStart(2, '0')}.npy`;
          assert.deepEqual([...upstreamPixels(map, rule, percentShare(percent))], numbers(file), file);
        }
      }
      for (const percent of [5, 50, 95]) {
        const pixels = [...upstreamPixels(map, 'random', percentShare(percent))].sort((a, b) => a - b);
        assert.deepEqual(pixels, numbers(`random_strategy_${String(percent).padStart(2, '0')}.npy`));
      }
    }
  });

  it('has the numbers of pixels of all maps, and the default order contains the strict sets', () => {
    const { maps } = JSON.parse(readFileSync(golden('patchlfw', 'counts.json'), 'utf8')) as {
      maps: Record<string, Record<string, number>[]>;
    };
    for (const [name, levels] of Object.entries(maps)) {
      const map =
        name === 'xssab_impostor0'
          ? (array('xssab', 'mobilefacenet_impostor0_12_combined.npy').data as Float32Array)
          : (array('patchlfw', `${name}.npy`).data as Float32Array);
      for (const level of levels) {
        for (const rule of ['lowest', 'highest'] satisfies PixelRule[]) {
          const strict = upstreamPixels(map, rule, level.share);
          assert.equal(strict.length, level[`count_${rule}`], `${name} ${rule} ${level.percent}`);
          const prefix = new Set(pixelOrder(map, rule).subarray(0, pixelShare(level.share, map.length)));
          assert.ok(strict.every((pixel) => prefix.has(pixel)));
        }
      }
    }
  });

  it('has the whole random order', () => {
    const order = numbers('random_order.npy');
    assert.deepEqual([...pixelOrder(new Float32Array(order.length), 'random', 3)], order);
  });

  /** As NumPy's arange rounds it. */
  function percentShare(percent: number): number {
    return 0.05 + (percent / 5 - 1) * 0.05;
  }
});
