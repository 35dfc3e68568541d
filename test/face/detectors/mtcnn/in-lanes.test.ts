import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { inLanes } from '../../../../src/face/detectors/mtcnn/in-lanes.js';

describe('inLanes', () => {
  for (const atOnce of [1, 3, 20]) {
    it(`gives the results in order, ${atOnce} at once`, async () => {
      let underWay = 0;
      let most = 0;
      const items = Array.from({ length: 12 }, (_, i) => i);
      const results = await inLanes(items, atOnce, async (item) => {
        most = Math.max(most, ++underWay);
        await setTimeout((item * 7) % 5);
        underWay--;
        return item * item;
      });
      assert.deepEqual(
        results,
        items.map((item) => item * item),
      );
      assert.equal(most, Math.min(atOnce, items.length));
    });
  }

  it('fails with the first error, and has nothing to do for no items', async () => {
    await assert.rejects(
      inLanes([1], 2, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.deepEqual(await inLanes([], 2, () => Promise.resolve(1)), []);
  });
});
