import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

import { dendrogram } from '../../../src/measure/clustering/dendrogram.js';
import { distanceMatrix } from '../../../src/measure/clustering/distance-matrix.js';
import { linkage, type Merge } from '../../../src/measure/clustering/linkage.js';

type Row = [first: number, second: number, distance: number, size: number];
interface Tree {
  merges: Row[];
  leaves: number[];
  brackets: [x: number[], y: number[]][];
}
const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../test/fixtures/measure/${name}`, import.meta.url), 'utf8'));

const methods = ['average', 'ward'] as const;

describe('linkage', () => {
  for (const method of methods) {
    it(`${method} joins what SciPy joins, at the same distances, ties too`, () => {
      const cases = fixture('clustering/linkage.json') as ({ distances: number[][] } & Record<
        string,
        Tree
      >)[];
      assert.equal(cases.length, 7);
      for (const one of cases) check(linkage(one.distances, method), one[method].merges);
    });

    it(`${method} joins the maps of the study's distances as SciPy does`, () => {
      const golden = fixture('agreement/map_distance.json') as {
        distance: number[][];
        ward_linkage: Row[];
        average_linkage: Row[];
      };
      check(linkage(golden.distance, method), golden[`${method}_linkage`]);
    });
  }

  it('ward gives the root of twice the growth of the sum of squares for points', () => {
    const points = [0, 1, 10, 14];
    const merges = linkage(
      distanceMatrix(points, (a, b) => Math.abs(a - b)),
      'ward',
    );
    // Sums of squares: {0, 1} 0.5, {10, 14} 8, all four 140.75.
    const expected = [Math.sqrt(2 * 0.5), Math.sqrt(2 * 8), Math.sqrt(2 * (140.75 - 8.5))];
    merges.forEach(({ distance }, i) => assert.ok(Math.abs(distance - expected[i]) < 1e-12));
  });

  it('has nothing to join for one item or none', () => {
    assert.deepEqual(linkage([[0]], 'average'), []);
    assert.deepEqual(linkage([], 'ward'), []);
  });

  it('names the pair whose distance is no number', () => {
    const distances = [
      [0, 1, 2],
      [1, 0, NaN],
      [2, NaN, 0],
    ];
    assert.throws(() => linkage(distances, 'ward'), {
      message:
        'distance of items 2 and 3: is NaN, so they cannot be clustered (leave out the map that is constant or damaged)',
    });
    assert.throws(() => linkage([[0, 1], [2, 0]], 'ward'), RangeError); // prettier-ignore
    assert.throws(() => linkage([[0, 1]], 'ward'), RangeError);
  });
});

describe('dendrogram', () => {
  for (const method of methods) {
    it(`orders leaves and draws brackets as SciPy does, ${method}`, () => {
      const cases = fixture('clustering/linkage.json') as ({ distances: number[][] } & Record<
        string,
        Tree
      >)[];
      for (const one of cases) {
        const { leaves, links } = dendrogram(linkage(one.distances, method));
        assert.deepEqual(leaves, one[method].leaves);
        const brackets = links.map(({ positions: [a, b], from, height }) => ({
          x: [a, a, b, b].map((position) => 5 + 10 * position),
          y: [from[0], height, height, from[1]],
        }));
        brackets.sort((one, other) => compare([...one.x, ...one.y], [...other.x, ...other.y]));
        one[method].brackets.forEach(([x, y], i) => {
          assert.deepEqual(brackets[i].x, x);
          brackets[i].y.forEach((value, corner) => assert.ok(Math.abs(value - y[corner]) < 1e-9));
        });
      }
    });
  }

  it('has one leaf where there is one item', () => {
    assert.deepEqual(dendrogram([]), { leaves: [0], links: [] });
  });
});

function check(merges: readonly Merge[], expected: readonly Row[]): void {
  assert.equal(merges.length, expected.length);
  merges.forEach(({ first, second, distance, size }, i) => {
    assert.deepEqual([first, second, size], [expected[i][0], expected[i][1], expected[i][3]]);
    assert.ok(Math.abs(distance - expected[i][2]) < 1e-9);
  });
}

function compare(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((value, i) => value !== other[i]);
  return place < 0 ? 0 : one[place] - other[place];
}
