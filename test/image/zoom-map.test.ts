import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zoomMap } from '../../src/image/zoom-map.js';

const map = { data: Float32Array.of(0, 2, 4, 8), shape: [2, 2] };

describe('zoomMap', () => {
  it('keeps the corners and goes from one to the other in equal steps', () => {
    const { data, shape } = zoomMap(map, 3, 5);
    assert.deepEqual(shape, [5, 3]);
    assert.deepEqual([...data], [0, 1, 2, 1, 2.25, 3.5, 2, 3.5, 5, 3, 4.75, 6.5, 4, 6, 8]);
  });

  it('leaves a map of the same size as it is, and enlarges a single pixel', () => {
    assert.deepEqual(zoomMap(map, 2, 2), map);
    assert.deepEqual([...zoomMap({ data: Float32Array.of(3), shape: [1, 1] }, 2, 2).data], [3, 3, 3, 3]);
  });

  it('takes the first corner where one pixel is wanted', () => {
    assert.deepEqual([...zoomMap(map, 1, 1).data], [0]);
  });
});
