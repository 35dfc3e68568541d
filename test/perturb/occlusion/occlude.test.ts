import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { blankImage, type RasterImage } from '../../../src/image/raster-image.js';
import { type Fill, paintFor, parseFill } from '../../../src/perturb/occlusion/fill.js';
import { footprintMask } from '../../../src/perturb/occlusion/footprint-mask.js';
import { footprintRuns } from '../../../src/perturb/occlusion/footprint-runs.js';
import { gridCells } from '../../../src/perturb/occlusion/grid-cells.js';
import { cover, occlude, uncover } from '../../../src/perturb/occlusion/occlude.js';
import type { Occlusion } from '../../../src/perturb/occlusion/occlusion.js';
import { occlusionSchema } from '../../../src/perturb/occlusion/occlusion-schema.js';
import { Problem } from '../../../src/problem.js';
import { RandomState } from '../../../src/tensor/random.js';

const cv = await loadOpenCv();
const width = 23;
const height = 17;

function noise(channels: 1 | 3): RasterImage {
  const image = blankImage(width, height, channels);
  image.data.set(new RandomState(7).integers(0, 256, image.data.length));
  return image;
}

const runsOf = ({ footprint }: Occlusion) => footprintRuns(cv, footprint, width, height);

const occlusions: Occlusion[] = [
  ...gridCells(width, height, 3, 4),
  {
    name: 'triangles',
    kind: 'region',
    footprint: {
      shape: 'polygons',
      polygons: [
        [
          [2, 3],
          [12, 4],
          [7, 11],
        ],
        [
          [10, 9],
          [20, 8],
          [22, 16],
        ],
      ],
    },
  },
  {
    name: 'overlapping boxes, one over the border',
    kind: 'region',
    footprint: {
      shape: 'boxes',
      boxes: [
        { x: 3, y: 2, width: 6, height: 5 },
        { x: 6, y: 4, width: 30, height: 3 },
      ],
    },
  },
];

describe('occlude', () => {
  for (const fill of ['black', 'mean', 'blur', '#12ab9f'] as Fill[]) {
    for (const channels of [1, 3] as const) {
      it(`paints ${fill} over exactly the footprint of an image of ${channels} channel(s)`, () => {
        const image = noise(channels);
        const before = image.data.slice();
        const paint = paintFor(cv, image, fill);
        const into = noise(channels);
        for (const occlusion of occlusions) {
          const occluded = occlude(image, runsOf(occlusion), paint, into);
          assert.equal(occluded, into);
          const mask = footprintMask(cv, occlusion.footprint, width, height);
          const expected = image.data.map((sample, at) => {
            const pixel = Math.floor(at / channels);
            if (mask[pixel] === 0) return sample;
            return paint.kind === 'colour' ? paint.samples[at % channels] : paint.image.data[at];
          });
          assert.deepEqual(occluded.data, expected);
        }
        assert.deepEqual(image.data, before);
      });
    }
  }

  it('makes a new image where no buffer is given', () => {
    const image = noise(3);
    const occluded = occlude(image, runsOf(occlusions[0]), paintFor(cv, image, 'black'));
    assert.notEqual(occluded.data, image.data);
    assert.deepEqual([occluded.width, occluded.height, occluded.channels], [width, height, 3]);
  });
});

describe('paintFor', () => {
  it('mean is the mean colour', () => {
    const image: RasterImage = {
      width: 2,
      height: 1,
      channels: 3,
      data: Uint8Array.of(10, 0, 255, 21, 0, 0),
    };
    assert.deepEqual(paintFor(cv, image, 'mean'), { kind: 'colour', samples: [16, 0, 128] });
  });

  it('blur keeps a flat image and evens out noise', () => {
    const flat = { ...blankImage(40, 30), data: new Uint8Array(40 * 30 * 3).fill(77) };
    const paint = paintFor(cv, flat, 'blur');
    assert(paint.kind === 'image');
    assert(paint.image.data.every((sample) => sample === 77));
    const spread = (data: Uint8Array) => Math.max(...data) - Math.min(...data);
    const noisy: RasterImage = {
      width: 100,
      height: 80,
      channels: 1,
      data: Uint8Array.from(new RandomState(1).integers(0, 256, 8000)),
    };
    const even = paintFor(cv, noisy, 'blur');
    assert(even.kind === 'image');
    assert(spread(even.image.data) < spread(noisy.data) / 3);
  });

  it('takes the luma of a colour for a gray image', () => {
    assert.deepEqual(paintFor(cv, noise(1), '#ff0000'), { kind: 'colour', samples: [76] });
    assert.deepEqual(paintFor(cv, noise(3), '#0a0B0c'), { kind: 'colour', samples: [10, 11, 12] });
  });
});

describe('parseFill', () => {
  it('takes the four kinds, in any case', () => {
    assert.deepEqual(['black', 'Mean', ' blur', '#80FF00'].map(parseFill), [
      'black',
      'mean',
      'blur',
      '#80ff00',
    ]);
  });

  it('refuses anything else', () => {
    for (const bad of ['', 'white', '#fff', '#12345g', '808080'])
      assert.throws(() => parseFill(bad), Problem);
  });
});

describe('occlusionSchema', () => {
  it('takes an occlusion back from JSON as it was', () => {
    for (const occlusion of occlusions) {
      assert.deepEqual(occlusionSchema.parse(JSON.parse(JSON.stringify(occlusion))), occlusion);
    }
  });

  it('refuses what is not a footprint', () => {
    const half = { shape: 'boxes', boxes: [{ x: 0.5, y: 0, width: 1, height: 1 }] };
    assert.equal(occlusionSchema.safeParse({ name: 'a', kind: 'grid', footprint: half }).success, false);
    const line = {
      shape: 'polygons',
      polygons: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    };
    assert.equal(occlusionSchema.safeParse({ name: 'a', kind: 'region', footprint: line }).success, false);
  });
});

describe('uncover', () => {
  it('puts back what was covered, so that one buffer serves a series of occlusions', () => {
    const image = noise(3);
    const buffer = { ...image, data: image.data.slice() };
    for (const fill of ['black', 'mean', 'blur', '#ff8000'] as const) {
      const paint = paintFor(cv, image, fill);
      for (const occlusion of occlusions) {
        const runs = runsOf(occlusion);
        cover(buffer, runs, paint);
        assert.deepEqual(buffer, occlude(image, runs, paint));
        uncover(image, runs, buffer);
        assert.deepEqual(buffer, image);
      }
    }
  });
});
