import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Box } from '../../../src/image/geometry.js';
import {
  assignBoxes,
  centreDistances,
  type NamedBox,
} from '../../../src/measure/localisation/assign-boxes.js';

function box(left: number, top: number, right: number, bottom: number): Box {
  return { x: left, y: top, width: right - left, height: bottom - top };
}

const regions: NamedBox[] = [
  { name: 'left_eye', box: box(60, 20, 80, 30) },
  { name: 'right_eye', box: box(20, 20, 40, 30) },
  { name: 'nose', box: box(40, 30, 60, 60) },
];

describe('assignBoxes', () => {
  it('takes the region whose centre is nearest, by each distance', () => {
    for (const distance of centreDistances) {
      const [eye, nose] = assignBoxes([box(62, 21, 70, 29), box(45, 40, 55, 52)], regions, { distance });
      assert.deepEqual(eye, { nearest: 'left_eye', overlap: 1, region: 'left_eye' }, distance);
      assert.deepEqual(nose, { nearest: 'nose', overlap: 1, region: 'nose' }, distance);
    }
  });

  it('tells the distances apart', () => {
    // From [10, 10]: a is 8.5 away, 12 along the axes, in the same direction; b is 9 away by both.
    const at = (x: number, y: number) => box(x - 1, y - 1, x + 1, y + 1);
    const places = [
      { name: 'a', box: at(16, 16) },
      { name: 'b', box: at(10, 19) },
    ];
    const nearest = (distance: (typeof centreDistances)[number]) =>
      assignBoxes([at(10, 10)], places, { distance })[0].nearest;
    assert.deepEqual([nearest('euclidean'), nearest('cityblock'), nearest('cosine')], ['a', 'b', 'a']);
  });

  it('accepts where the share of the activation reaches the overlap, which includes equality', () => {
    // 2 of 10 columns lie in the eye.
    const activation = box(38, 20, 48, 30);
    const eye = [regions[1]];
    assert.deepEqual(assignBoxes([activation], eye), [
      { nearest: 'right_eye', overlap: 0.2, region: 'right_eye' },
    ]);
    assert.equal(assignBoxes([activation], eye, { overlap: 0.21 })[0].region, undefined);
    assert.equal(assignBoxes([box(39, 20, 49, 30)], eye)[0].region, undefined);
  });

  it('does not try the second nearest', () => {
    // The centre of this wide box is nearest to the nose, which it does not touch; both eyes lie in it.
    const [{ nearest, region }] = assignBoxes(
      [box(0, 20, 100, 29)],
      [...regions.slice(0, 2), { name: 'nose', box: box(40, 30, 60, 40) }],
    );
    assert.deepEqual([nearest, region], ['nose', undefined]);
  });

  it('takes the first of regions that are equally near', () => {
    const [assignment] = assignBoxes([box(40, 20, 60, 30)], regions.slice(0, 2));
    assert.equal(assignment.nearest, 'left_eye');
  });

  it('guards against boxes without area', () => {
    const empty = [{ name: 'nose', box: box(50, 50, 50, 50) }];
    const none = { nearest: undefined, overlap: 0, region: undefined };
    assert.deepEqual(assignBoxes([box(45, 45, 55, 55)], empty), [none]);
    assert.equal(assignBoxes([box(45, 45, 55, 55)], [...empty, ...regions])[0].nearest, 'nose');
    assert.deepEqual(assignBoxes([box(30, 25, 30, 25)], regions), [
      { nearest: 'right_eye', overlap: 0, region: undefined },
    ]);
    assert.deepEqual(assignBoxes([], regions), []);
    const corner = [{ name: 'corner', box: box(-1, -1, 1, 1) }];
    assert.equal(assignBoxes([box(0, 0, 4, 4)], corner, { distance: 'cosine' })[0].nearest, 'corner');
  });

  it('floors centres as the notebook does, which can change the nearest region', () => {
    // Centres at 12.5, 8 and, of the activation, 10. Floored to 12, 8 and 10, both are 2 away and the first is taken.
    const places = [
      { name: 'a', box: box(11, 0, 14, 2) },
      { name: 'b', box: box(7, 0, 9, 2) },
    ];
    const activation = [box(9, 0, 11, 2)];
    assert.equal(assignBoxes(activation, places)[0].nearest, 'b');
    assert.equal(assignBoxes(activation, places, { flooredCentres: true })[0].nearest, 'a');
  });
});
