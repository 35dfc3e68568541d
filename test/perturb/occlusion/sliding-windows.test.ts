import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverOf } from './cover-of.js';
import { slidingWindows } from '../../../src/perturb/occlusion/sliding-windows.js';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { Problem } from '../../../src/problem.js';

const square = (side: number) => ({ width: side, height: side });

const cv = await loadOpenCv();

describe('slidingWindows', () => {
  it('makes the 225 windows of the Captum reference: 128 pixels, window 16, stride 8', () => {
    const windows = slidingWindows(128, 128, square(16), square(8));
    assert.equal(windows.length, 225);
    assert.equal(windows[1].name, 'y0_x8');
    assert.equal(windows[15].name, 'y8_x0');
    const cover = coverOf(cv, windows, 128, 128);
    assert.equal(cover[0], 1);
    assert.equal(cover[8], 2);
    assert.equal(cover[8 * 128 + 8], 4);
    assert.equal(cover[127 * 128 + 127], 1);
  });

  it('cuts the last window off at the border', () => {
    const windows = slidingWindows(10, 4, { width: 4, height: 4 }, { width: 4, height: 1 });
    assert.deepEqual(
      windows.map(({ footprint }) => footprint),
      [
        { shape: 'boxes', boxes: [{ x: 0, y: 0, width: 4, height: 4 }] },
        { shape: 'boxes', boxes: [{ x: 4, y: 0, width: 4, height: 4 }] },
        { shape: 'boxes', boxes: [{ x: 8, y: 0, width: 2, height: 4 }] },
      ],
    );
  });

  it('covers every pixel whatever the size', () => {
    for (let length = 1; length <= 24; length++) {
      for (let window = 1; window <= length; window++) {
        for (let stride = 1; stride <= window; stride++) {
          const windows = slidingWindows(
            length,
            3,
            { width: window, height: 2 },
            { width: stride, height: 2 },
          );
          assert.equal(windows.length, 2 * (Math.ceil((length - window) / stride) + 1));
          assert(coverOf(cv, windows, length, 3).every((count) => count > 0));
        }
      }
    }
  });

  it('refuses a stride that leaves gaps and a window that does not fit', () => {
    assert.throws(() => slidingWindows(20, 20, square(4), square(5)), /never be covered/);
    assert.throws(() => slidingWindows(20, 20, square(21), square(5)), Problem);
    assert.throws(() => slidingWindows(20, 20, square(4), square(0)), Problem);
    assert.equal(slidingWindows(20, 20, square(20), square(30)).length, 1);
  });
});
