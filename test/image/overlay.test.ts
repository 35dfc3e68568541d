import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { colourMap } from '../../src/image/colour-map/colour-map.js';
import { rangeScale } from '../../src/image/colour-map/colour-scale.js';
import { loadOpenCv } from '../../src/image/opencv.js';
import { overlay } from '../../src/image/overlay.js';
import type { RasterImage } from '../../src/image/raster-image.js';

const cv = await loadOpenCv();
const photograph: RasterImage = {
  width: 2,
  height: 1,
  channels: 3,
  data: Uint8Array.of(10, 20, 30, 200, 100, 0),
};
const gray = colourMap('gray');
const scale = { minimum: 0, maximum: 1 };

describe('overlay', () => {
  it('blends colour and photograph by alpha, and rounds', () => {
    const map = { data: Float32Array.of(1, 0), shape: [1, 2] };
    const { data } = overlay(cv, photograph, map, { colourMap: gray, scale, alpha: 0.6 });
    assert.deepEqual([...data], [157, 161, 165, 80, 40, 0]);
  });

  it('leaves the photograph where the map is NaN, and never changes its input', () => {
    const map = { data: Float32Array.of(NaN, 1), shape: [1, 2] };
    const before = photograph.data.slice();
    const { data } = overlay(cv, photograph, map, { colourMap: gray, scale, alpha: 1 });
    assert.deepEqual([...data], [10, 20, 30, 255, 255, 255]);
    assert.deepEqual(photograph.data, before);
  });

  it('enlarges a map of cells to the photograph, gray photographs too', () => {
    const large: RasterImage = { width: 4, height: 2, channels: 1, data: new Uint8Array(8).fill(9) };
    const map = { data: Float32Array.of(0, 5), shape: [1, 2] };
    const options = {
      colourMap: gray,
      scale: rangeScale(map.data),
      alpha: 1,
      interpolation: 'nearest',
    } as const;
    const { data, channels } = overlay(cv, large, map, options);
    assert.equal(channels, 3);
    const row = [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255];
    assert.deepEqual([...data], [...row, ...row]);
  });

  it('refuses an alpha outside 0 to 1', () => {
    const map = { data: Float32Array.of(0, 1), shape: [1, 2] };
    assert.throws(() => overlay(cv, photograph, map, { colourMap: gray, scale, alpha: 3 }), {
      name: 'Problem',
      message: /alpha: 3 is not between 0 and 1/,
    });
  });
});
