import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamRegions } from '../../../src/face/upstream-regions.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import type { Point } from '../../../src/image/geometry.js';
import { frontalLandmarks } from '../../face/landmarks68.js';
import { footprintMask } from '../../../src/perturb/occlusion/footprint-mask.js';
import type { Occlusion } from '../../../src/perturb/occlusion/occlusion.js';
import {
  regionOcclusions,
  upstreamRegionOcclusions,
} from '../../../src/perturb/occlusion/region-occlusions.js';

const cv = await loadOpenCv();
const size = { width: 400, height: 400 };
const face = frontalLandmarks([200, 150]).map(([x, y]): Point => [Math.round(x), Math.round(y)]);

const names = (occlusions: readonly Occlusion[]) => occlusions.map(({ name }) => name);

function mask({ footprint }: Occlusion): Uint8Array {
  return footprintMask(cv, footprint, size.width, size.height);
}

function area(occlusion: Occlusion): number {
  return mask(occlusion).reduce((sum, covered) => sum + covered, 0);
}

describe('regionOcclusions', () => {
  it('makes one occlusion a region, in the order asked for', () => {
    const { occlusions, empty } = regionOcclusions(face, ['nose', 'left_eye'], size);
    assert.deepEqual(names(occlusions), ['nose', 'left_eye']);
    assert.deepEqual(empty, []);
    assert(occlusions.every(({ kind }) => kind === 'region'));
  });

  it('bbox: from the smallest to the largest scaled coordinate, cut to whole pixels, the largest not included', () => {
    const eye = face.slice(42, 48);
    const mean = (axis: 0 | 1) => eye.reduce((sum, point) => sum + point[axis], 0) / eye.length;
    const ends = (axis: 0 | 1, scale: number) => {
      const scaled = eye.map((point) => Math.trunc((point[axis] - mean(axis)) * scale + mean(axis)));
      return [Math.min(...scaled), Math.max(...scaled)];
    };
    for (const scale of [1, 1.5, 2]) {
      const [left, right] = ends(0, scale);
      const [top, bottom] = ends(1, scale);
      const { occlusions } = regionOcclusions(face, ['left_eye'], { ...size, scale, precision: 'bbox' });
      assert.deepEqual(occlusions[0].footprint, {
        shape: 'boxes',
        boxes: [{ x: left, y: top, width: right - left, height: bottom - top }],
      });
    }
  });

  it('leaves out and names the regions that have no pixels', () => {
    const speck = face.map(([x, y]): Point => [50.5 + x / 2000, 50.5 + y / 2000]);
    const { occlusions, empty } = regionOcclusions(speck, ['mouth', 'nose'], { ...size, precision: 'bbox' });
    assert.deepEqual(occlusions, []);
    assert.deepEqual(empty, ['mouth', 'nose']);
  });

  it('keeps every corner inside the image', () => {
    const moved = face.map(([x, y]): Point => [x + 150, y - 120]);
    const { occlusions } = regionOcclusions(moved, ['left_eye', 'forehead', 'jaw'], size);
    for (const { footprint } of occlusions) {
      assert(footprint.shape === 'polygons');
      for (const [x, y] of footprint.polygons.flat()) {
        assert(Number.isInteger(x) && x >= 0 && x < size.width);
        assert(Number.isInteger(y) && y >= 0 && y < size.height);
      }
    }
  });

  it('hides the whole mouth; --compat upstream leaves the opening between the lips and most of the nose', () => {
    const open = face.map(([x, y], at): Point => [x, y + ((at >= 55 && at <= 59) || at >= 65 ? 16 : 0)]);
    const ours = regionOcclusions(open, ['mouth', 'nose'], { ...size, scale: 1 }).occlusions;
    const upstream = upstreamRegionOcclusions(open, ['mouth', 'nose'], { ...size, scale: 1 }).occlusions;
    assert.deepEqual(names(upstream), ['mouth', 'nose']);
    const opening = (open[62][1] + 8) * size.width + open[62][0];
    const upperLip = Math.round((open[51][1] + open[62][1]) / 2) * size.width + open[62][0];
    assert.deepEqual(
      [ours[0], upstream[0]].map((occlusion) => [mask(occlusion)[opening], mask(occlusion)[upperLip]]),
      [
        [1, 1],
        [0, 1],
      ],
    );
    assert(area(upstream[1]) < 0.7 * area(ours[1]));
  });

  it('--compat upstream hides the pixels that the rule of systems.md 0.2 hides with numpy and OpenCV 4.6', () => {
    // Pixels, sum of x, sum of y; box. Scale 1.5, computed by cv2.fillPoly on the truncated points.
    const expected = {
      left_eye: [[961, 239348, 143276], { x: 218, y: 138, width: 61, height: 21 }],
      right_eye: [[948, 142406, 141258], { x: 120, y: 138, width: 61, height: 21 }],
      nose: [[2455, 501204, 482908], { x: 169, y: 116, width: 60, height: 116 }],
      mouth: [[3409, 685680, 873271], { x: 141, y: 234, width: 118, height: 44 }],
    } as const;
    const pixel = upstreamRegionOcclusions(face, upstreamRegions, size).occlusions;
    const bbox = upstreamRegionOcclusions(face, upstreamRegions, { ...size, precision: 'bbox' }).occlusions;
    pixel.forEach((occlusion, at) => {
      const sums = [0, 0, 0];
      mask(occlusion).forEach((covered, index) => {
        sums[0] += covered;
        sums[1] += covered * (index % size.width);
        sums[2] += covered * Math.floor(index / size.width);
      });
      const [pixels, box] = expected[occlusion.name as keyof typeof expected];
      assert.deepEqual(sums, pixels);
      assert.deepEqual(bbox[at].footprint, { shape: 'boxes', boxes: [box] });
    });
  });

  it('makes two boxes of both eyes, so the bridge of the nose stays visible', () => {
    const { occlusions } = regionOcclusions(face, ['eyes'], { ...size, precision: 'bbox', scale: 1 });
    const { footprint } = occlusions[0];
    assert(footprint.shape === 'boxes');
    assert.equal(footprint.boxes.length, 2);
    const [x, y] = face[27];
    assert.equal(footprintMask(cv, footprint, size.width, size.height)[y * size.width + x], 0);
  });
});
