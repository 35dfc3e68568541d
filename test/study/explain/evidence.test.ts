import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOpenCv } from '../../../src/image/opencv.js';
import { evidenceInWords, evidenceSection } from '../../../src/study/explain/evidence-section.js';
import { evidenceTable } from '../../../src/study/explain/evidence-table.js';
import { type MapEvidence, mapEvidence } from '../../../src/study/explain/map-evidence.js';
import { summariseEvidence } from '../../../src/study/explain/summarise-evidence.js';
import { frontalLandmarks } from '../../face/landmarks68.js';

const cv = await loadOpenCv();
const landmarks = frontalLandmarks();
const [width, height] = [0, 1].map((axis) => Math.ceil(Math.max(...landmarks.map((p) => p[axis]))) + 80);

describe('mapEvidence', () => {
  it('is the area where the map is the same everywhere, and null where there is nothing', () => {
    for (const [value, kind, other] of [
      [0.5, 'positive', 'negative'],
      [-2, 'negative', 'positive'],
    ] as const) {
      const data = new Float32Array(width * height).fill(value);
      for (const region of mapEvidence(cv, { data, width, height }, landmarks)) {
        assert.ok(Math.abs(region.absolute! - region.area) < 1e-6, region.region);
        assert.ok(Math.abs(region[kind]! - region.area) < 1e-6, region.region);
        assert.equal(region[other], null);
      }
    }
    const zero = mapEvidence(cv, { data: new Float32Array(width * height), width, height }, landmarks);
    assert.ok(zero.every(({ absolute, positive, negative }) => !absolute && !positive && !negative));
  });

  it('weighs the sides of a signed map by their size in the absolute share', () => {
    // Above 0 left of the middle, below 0 and three times as large right of it.
    const middle = Math.round(landmarks[27][0]);
    const data = Float32Array.from({ length: width * height }, (_, at) => (at % width < middle ? 1 : -3));
    const [above, below] = [middle * height, 3 * (width - middle) * height];
    for (const { absolute, positive, negative } of mapEvidence(cv, { data, width, height }, landmarks)) {
      const expected = (positive! * above + negative! * below) / (above + below);
      assert.ok(Math.abs(absolute! - expected) < 1e-6);
    }
  });
});

const shares = (nose: number, mouth: number): MapEvidence[] => [
  { region: 'mouth', area: 0.02, absolute: mouth, positive: mouth, negative: null },
  { region: 'nose', area: 0.03, absolute: nose, positive: nose, negative: null },
];

describe('summariseEvidence', () => {
  const images = [shares(0.3, 0.1), [], shares(0.5, 0.2), shares(0.4, 0.9), shares(0.4, 0.1)];

  it('ranks regions by their mean absolute share, with intervals over the images that have landmarks', () => {
    const summary = summariseEvidence(images, { seed: 1 });
    assert.deepEqual(
      summary.map(({ region, n, area }) => [region, n, area]),
      [
        ['nose', 4, 0.03],
        ['mouth', 4, 0.02],
      ],
    );
    assert.ok(Math.abs(summary[0].absolute.mean - 0.4) < 1e-12);
    const { low, high } = summary[0].absolute.interval!;
    assert.ok(0.3 <= low && low < 0.4 && 0.4 < high && high <= 0.5);
    assert.ok(Number.isNaN(summary[0].negative.mean));
  });

  it('counts the people where they are known', () => {
    const clusters = ['a', 'b', 'a', 'b', 'b'];
    assert.deepEqual(
      summariseEvidence(images, { clusters }).map(({ n, subjects }) => [n, subjects]),
      [
        [4, 2],
        [4, 2],
      ],
    );
  });

  it('is told as a table with empty cells for what there is not, as a section, and in words', () => {
    const evidence = summariseEvidence(images.slice(0, 2), {});
    const rows = evidenceTable([{ group: undefined, evidence }]).split('\n');
    assert.equal(rows[1], 'all,1,nose,1,1,0.03,0.3,,,0.3,,,,,');
    const section = evidenceSection([{ group: undefined, n: 2, evidence }], true);
    const table = section.blocks[1];
    assert.deepEqual(table.kind === 'table' && table.rows[0].slice(0, 3), ['nose', '1', '3']);
    assert.deepEqual(table.kind === 'table' && table.rows[0].slice(3), [
      '30 % (n too small for an interval)',
      '30 % (n too small for an interval)',
      'none',
    ]);
    assert.match(
      evidenceInWords('m', 'logit', { group: undefined, n: 2, evidence }),
      /^In the maps of the logit of m, the nose holds most: 30 % .* on 3 % of the area.*one image\. Next is the mouth/,
    );
  });
});
