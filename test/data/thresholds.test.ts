import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { activationRegions } from '../../src/image/activation/activation-regions.js';
import { connectedComponents, type Component } from '../../src/image/connected-components.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { mapThreshold, maskAbove } from '../../src/image/threshold/map-threshold.js';
import type { ThresholdName } from '../../src/image/threshold/methods.js';
import { percentileCut } from '../../src/image/threshold/percentile-cut.js';
import { decodeNpy } from '../../src/tensor/npy.js';
import type { Tensor } from '../../src/tensor/tensor.js';

const data = process.env.FACEPROBE_DATA;
const folder = join(data ?? '', 'golden/skimage');

interface Region {
  label: number;
  bbox: [top: number, left: number, bottom: number, right: number];
  area: number;
  centroid: [row: number, column: number];
}

interface CutThreshold {
  threshold: number;
  regions: Region[];
  pixels: number;
  region_count: number;
}

interface Golden {
  id: number;
  file: string;
  min: number;
  max: number;
  thresholds: Record<string, { float64_input: number; pixels_above: number }>;
  sauvola?: { mean: number; min: number; max: number; pixels_above: number; file?: string };
  otsu_regions: Region[];
  otsu_region_count?: number;
  cutoff90: { percentile90: number; nonzero: number } & Record<
    'otsu' | 'li' | 'yen' | 'triangle',
    CutThreshold
  >;
}

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected}`);
}

function ones(mask: Uint8Array): number {
  return mask.reduce((sum, value) => sum + value, 0);
}

/** Boxes, areas and centres of the regions that the golden file lists (it cuts long lists). */
function sameRegions(components: readonly Omit<Component, 'label'>[], expected: readonly Region[]): void {
  const boxes = components.slice(0, expected.length).map(({ box: { x, y, width, height }, area }) => {
    return { bbox: [y, x, y + height, x + width], area };
  });
  assert.deepEqual(
    boxes,
    expected.map(({ bbox, area }) => ({ bbox, area })),
  );
  for (const [i, { centroid }] of expected.entries()) {
    near(components[i].centroid[1], centroid[0], 1e-9, `row of region ${i}`);
    near(components[i].centroid[0], centroid[1], 1e-9, `column of region ${i}`);
  }
}

describe(
  'thresholds and regions of 20 maps, against scikit-image',
  {
    skip: data === undefined && 'FACEPROBE_DATA is not set',
  },
  async () => {
    const cv = await loadOpenCv();
    const { maps } =
      data === undefined
        ? { maps: [] }
        : (JSON.parse(readFileSync(join(folder, 'thresholds.json'), 'utf8')) as { maps: Golden[] });
    const mapOf = (file: string): Tensor => {
      const { data, shape } = decodeNpy(readFileSync(join(folder, file)));
      return { data: data as Float32Array, shape };
    };

    for (const golden of maps) {
      const tolerance = 1e-6 * (golden.max - golden.min);
      const map = mapOf(golden.file);
      const [height, width] = map.shape;

      it(`${golden.file}: one threshold of the map`, () => {
        for (const [method, expected] of Object.entries(golden.thresholds)) {
          const threshold = mapThreshold(map, method as ThresholdName);
          assert.ok(typeof threshold === 'number', method);
          near(threshold, expected.float64_input, tolerance, method);
          assert.equal(ones(maskAbove(map, threshold)), expected.pixels_above, method);
        }
      });

      it(`${golden.file}: the parts above Otsu's threshold`, () => {
        const { components } = connectedComponents(
          cv,
          maskAbove(map, mapThreshold(map, 'otsu')!),
          width,
          height,
        );
        assert.equal(components.length, golden.otsu_region_count ?? golden.otsu_regions.length);
        sameRegions(components, golden.otsu_regions);
      });

      it(`${golden.file}: after the cut at the 90th percentile`, () => {
        const before = map.data.slice();
        const cut = percentileCut(map);
        assert.deepEqual(map.data, before);
        near(cut.percentile, golden.cutoff90.percentile90, tolerance, 'percentile');
        assert.equal(cut.map.data.filter((value) => value !== 0).length, golden.cutoff90.nonzero);
        for (const method of ['otsu', 'li', 'yen', 'triangle'] as const) {
          const expected = golden.cutoff90[method];
          const { regions, threshold } = activationRegions(cv, map, undefined, { threshold: method });
          near(threshold as number, expected.threshold, tolerance, method);
          assert.equal(
            regions.reduce((sum, { area }) => sum + area, 0),
            expected.pixels,
            method,
          );
          assert.equal(regions.length, expected.region_count, method);
          sameRegions(regions, expected.regions);
        }
      });

      const { sauvola } = golden;
      if (sauvola === undefined) continue;
      it(`${golden.file}: Sauvola's threshold of each pixel`, () => {
        const thresholds = mapThreshold(map, 'sauvola') as Float64Array;
        near(Math.min(...thresholds), sauvola.min, tolerance, 'smallest');
        near(Math.max(...thresholds), sauvola.max, tolerance, 'largest');
        near(
          thresholds.reduce((sum, value) => sum + value, 0) / thresholds.length,
          sauvola.mean,
          tolerance,
          'mean',
        );
        assert.equal(ones(maskAbove(map, thresholds)), sauvola.pixels_above);
        if (sauvola.file === undefined) return;
        const expected = decodeNpy(readFileSync(join(folder, sauvola.file))).data as Float64Array;
        for (const [pixel, value] of thresholds.entries())
          near(value, expected[pixel], tolerance, `pixel ${pixel}`);
      });
    }

    for (const id of ['00', '10', '16']) {
      it(`labels of map${id} are scikit-image's in every pixel`, () => {
        const map = mapOf(`maps/map${id}.npy`);
        const [height, width] = map.shape;
        const { labels } = connectedComponents(cv, maskAbove(map, mapThreshold(map, 'otsu')!), width, height);
        const expected = decodeNpy(readFileSync(join(folder, `maps/labels_otsu${id}.npy`))).data;
        assert.deepEqual([...labels], [...(expected as Int32Array)]);
      });
    }
  },
);
