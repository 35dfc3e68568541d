import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { placeLabels } from '../../../src/report/figure/place-labels.js';

const room = { x: 0, y: 0, width: 200, height: 200 };
const anchor = { x: 80, y: 80, width: 40, height: 40 };

describe('placeLabels', () => {
  it('places a label above its anchor, centred', () => {
    assert.deepEqual(placeLabels([{ anchor, width: 60, height: 10 }], [], room, 5), [
      { x: 70, y: 65, width: 60, height: 10 },
    ]);
  });

  it('moves to another side where something is in the way', () => {
    const taken = [{ x: 0, y: 60, width: 200, height: 18 }];
    assert.deepEqual(placeLabels([{ anchor, width: 60, height: 10 }], taken, room, 5), [
      { x: 70, y: 125, width: 60, height: 10 },
    ]);
  });

  it('keeps labels apart and inside the room', () => {
    const labels = [0, 1, 2].map(() => ({
      anchor: { x: 0, y: 0, width: 10, height: 10 },
      width: 50,
      height: 12,
    }));
    const places = placeLabels(labels, [], room, 2);
    for (const [index, a] of places.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0);
      for (const b of places.slice(index + 1)) {
        assert.ok(
          a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height,
        );
      }
    }
  });
});
