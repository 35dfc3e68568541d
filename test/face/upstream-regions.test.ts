import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamRegionPolygon, upstreamRegions } from '../../src/face/upstream-regions.js';
import { frontalLandmarks } from './landmarks68.js';

const size = { width: 400, height: 400 };

describe('upstreamRegionPolygon', () => {
  it('keeps the landmarks in index order, so the mouth’s path runs round the lips twice', () => {
    const landmarks = frontalLandmarks();
    const mouth = upstreamRegionPolygon('mouth', landmarks, 1, size);
    assert.equal(mouth.length, 20);
    assert.deepEqual(
      mouth,
      landmarks.slice(48, 68).map(([x, y]) => [Math.trunc(x), Math.trunc(y)]),
    );
    assert.equal(upstreamRegionPolygon('nose', landmarks, 1, size).length, 9);
  });

  it('scales about the mean, moves inside the image, then cuts to whole pixels', () => {
    const landmarks = frontalLandmarks().map((point, i): [number, number] =>
      i >= 36 && i < 42
        ? ([
            [1, 10],
            [2, 8],
            [4, 8],
            [5, 10],
            [4, 12],
            [2, 12],
          ][i - 36] as [number, number])
        : [...point],
    );
    // Mean (3, 10): scaled by 2 the corners lie at x -1, 1, 5, 7 and y 6, 10, 14.
    assert.deepEqual(upstreamRegionPolygon('right_eye', landmarks, 2, size), [
      [0, 10],
      [1, 6],
      [5, 6],
      [7, 10],
      [5, 14],
      [1, 14],
    ]);
  });

  it('knows the four regions of the source system', () => {
    assert.deepEqual([...upstreamRegions], ['left_eye', 'right_eye', 'nose', 'mouth']);
  });
});
