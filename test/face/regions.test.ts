import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  faceRegionPolygons,
  faceRegions,
  isRegionName,
  regionNames,
  regionPolygons,
} from '../../src/face/regions.js';
import type { Point } from '../../src/image/geometry.js';
import { frontalLandmarks, mirrorLandmarks } from './landmarks68.js';

const landmarks = frontalLandmarks();

/** Area by the shoelace formula; positive for either direction. */
function area(polygon: readonly Point[]): number {
  let sum = 0;
  polygon.forEach(([x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length];
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum) / 2;
}

function centre(polygon: readonly Point[]): Point {
  const n = polygon.length;
  return [polygon.reduce((s, p) => s + p[0], 0) / n, polygon.reduce((s, p) => s + p[1], 0) / n];
}

function contains(polygon: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

function crossesItself(polygon: readonly Point[]): boolean {
  const n = polygon.length;
  const side = (a: Point, b: Point, c: Point) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      const [a, b] = [polygon[i], polygon[i + 1]];
      const [c, d] = [polygon[j], polygon[(j + 1) % n]];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  }
  return false;
}

describe('regionPolygons', () => {
  for (const name of regionNames) {
    it(`${name}: has an area, does not cross itself and mirrors into its counterpart`, () => {
      const width = 400;
      // A face that is not symmetric, so that the test sees a wrong left or right.
      const uneven = landmarks.map(([x, y], i): Point => [x + (x > 200 ? 9 : 0) + Math.sin(i), y + 0.1 * x]);
      const polygons = regionPolygons(name, uneven);
      for (const polygon of polygons) {
        assert.ok(area(polygon) > 50, `area ${area(polygon)}`);
        assert.ok(!crossesItself(polygon));
      }
      const counterpart = name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'));
      assert.ok(isRegionName(counterpart));
      const mirrored = regionPolygons(counterpart, mirrorLandmarks(uneven, width));
      const corners = (list: readonly Point[][]) =>
        list.flatMap((polygon) => polygon.map(([x, y]) => `${x.toFixed(6)} ${y.toFixed(6)}`)).sort();
      const back = mirrored.map((polygon) => polygon.map(([x, y]): Point => [width - 1 - x, y]));
      assert.deepEqual(corners(back), corners(polygons));
    });
  }

  it('calls left what is the subject’s left: on the right of the image', () => {
    for (const part of ['eye', 'eyebrow', 'cheek']) {
      const left = regionPolygons(`left_${part}` as 'left_eye', landmarks)[0];
      const right = regionPolygons(`right_${part}` as 'right_eye', landmarks)[0];
      assert.ok(centre(left)[0] > 200 && centre(right)[0] < 200, part);
    }
  });

  it('covers the opening of the mouth and the whole nose', () => {
    const [mouth] = regionPolygons('mouth', landmarks);
    assert.ok(contains(mouth, centre(landmarks.slice(60, 68))));
    const [nose] = regionPolygons('nose', landmarks);
    assert.ok(contains(nose, [landmarks[30][0] + 5, landmarks[30][1] + 5]));
    assert.ok(contains(nose, [landmarks[30][0] - 5, landmarks[30][1] + 5]));
  });

  it('leaves the opening of the mouth out of the lips, which fill the rest of the mouth', () => {
    const lips = regionPolygons('lips', landmarks);
    const opening = centre(landmarks.slice(60, 68));
    assert.ok(lips.every((polygon) => !contains(polygon, opening)));
    const lipsArea = lips.reduce((sum, polygon) => sum + area(polygon), 0);
    const outer = area(landmarks.slice(48, 60));
    const inner = area(landmarks.slice(60, 68));
    assert.ok(Math.abs(lipsArea - (outer - inner)) < 1e-6 * outer);
  });

  it('places them one above the other: forehead, eyebrows, eyes, nose, mouth, chin', () => {
    const heights = (['forehead', 'left_eyebrow', 'left_eye', 'nose', 'mouth', 'chin'] as const).map(
      (name) => centre(regionPolygons(name, landmarks)[0])[1],
    );
    assert.deepEqual(
      heights,
      [...heights].sort((a, b) => a - b),
    );
  });

  it('keeps the shape when the face is turned', () => {
    const turned = landmarks.map(([x, y]): Point => [-y, x]);
    for (const name of faceRegions) {
      const before = regionPolygons(name, landmarks).reduce((sum, polygon) => sum + area(polygon), 0);
      const after = regionPolygons(name, turned).reduce((sum, polygon) => sum + area(polygon), 0);
      assert.ok(Math.abs(before - after) < 1e-6 * before, name);
    }
  });

  it('scales about the arithmetic mean of the points', () => {
    const eye = landmarks.slice(42, 48);
    const [meanX, meanY] = centre(eye);
    const [polygon] = regionPolygons('left_eye', landmarks, { scale: 2 });
    const left = Math.min(...polygon.map(([x]) => x));
    const top = Math.min(...polygon.map(([, y]) => y));
    assert.ok(Math.abs(left - (meanX + 2 * (Math.min(...eye.map(([x]) => x)) - meanX))) < 1e-9);
    assert.ok(Math.abs(top - (meanY + 2 * (Math.min(...eye.map(([, y]) => y)) - meanY))) < 1e-9);
  });

  it('stays on the pixels of the image when asked to', () => {
    const polygons = faceRegionPolygons(frontalLandmarks([10, 40]), {
      scale: 1.5,
      within: { width: 120, height: 200 },
    });
    for (const polygon of Object.values(polygons)) {
      for (const [x, y] of polygon) assert.ok(x >= 0 && x <= 119 && y >= 0 && y <= 199);
    }
  });

  it('takes 68 landmarks and no others', () => {
    assert.throws(() => regionPolygons('nose', landmarks.slice(1)), RangeError);
  });
});
