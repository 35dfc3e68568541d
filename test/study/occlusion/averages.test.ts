import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../../src/problem.js';
import { MeanMap } from '../../../src/study/occlusion/mean-map.js';
import { averageOcclusions } from '../../../src/study/occlusion/occlusion-averages.js';

const image = (label: string, regular: number, occluded: Record<string, number>) => ({
  label,
  regular,
  occluded: new Map(Object.entries(occluded)),
});

describe('averageOcclusions', () => {
  const images = [
    image('morph', 0.25, { nose: 0.75, r0_c0: 0.25 }),
    image('bona fide', 0.75, { nose: 0.25 }),
    image('morph', 0.5, { nose: 0.5, r0_c0: 0 }),
  ];

  it('averages over all images and over each class, with the number of images', () => {
    const [all, morph, bonaFide] = averageOcclusions(images);
    assert.deepEqual(
      [all, morph, bonaFide].map(({ label, n }) => [label, n]),
      [
        [undefined, 3],
        ['morph', 2],
        ['bona fide', 1],
      ],
    );
    assert.deepEqual(morph.occlusions, [
      {
        name: 'nose',
        n: 2,
        meanOccluded: 0.625,
        meanRegular: 0.375,
        meanEffect: -0.25,
        meanAbsoluteEffect: 0.25,
      },
      {
        name: 'r0_c0',
        n: 2,
        meanOccluded: 0.125,
        meanRegular: 0.375,
        meanEffect: 0.25,
        meanAbsoluteEffect: 0.25,
      },
    ]);
    assert.equal(all.occlusions[1].n, 2);
    assert.deepEqual(
      bonaFide.occlusions.map(({ name }) => name),
      ['nose'],
    );
  });

  it('tells the mean of the differences, where signs cancel, from the mean of their sizes', () => {
    const [nose] = averageOcclusions(images)[0].occlusions;
    assert.equal(nose.meanEffect, 0);
    assert.equal(nose.meanAbsoluteEffect, 1 / 3);
    assert.equal(nose.meanRegular - nose.meanOccluded, nose.meanEffect);
  });

  it('takes images without a class', () => {
    const [all, ...classes] = averageOcclusions([{ regular: 1, occluded: new Map([['nose', 0]]) }]);
    assert.equal(all.n, 1);
    assert.deepEqual(classes, []);
  });

  it('gives an empty table for no images', () => {
    assert.deepEqual(averageOcclusions([]), [{ label: undefined, n: 0, occlusions: [] }]);
  });
});

describe('MeanMap', () => {
  it('averages signed and absolute values', () => {
    const mean = new MeanMap(2, 1);
    mean.add({ width: 2, height: 1, data: Float32Array.of(1, -2) });
    mean.add({ width: 2, height: 1, data: Float32Array.of(0, 2) });
    assert.deepEqual(mean.result(), {
      width: 2,
      height: 1,
      n: 2,
      mean: Float32Array.of(0.5, 0),
      meanAbsolute: Float32Array.of(0.5, 2),
    });
  });

  it('refuses a map of another size', () => {
    assert.throws(() => new MeanMap(2, 1).add({ width: 1, height: 2, data: new Float32Array(2) }), Problem);
  });
});
