import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Dendrogram, dendrogram } from '../../../src/measure/clustering/dendrogram.js';
import { linkage } from '../../../src/measure/clustering/linkage.js';
import { dendrogramPlot } from '../../../src/report/plot/dendrogram-plot.js';
import { distanceMatrixPlot } from '../../../src/report/plot/distance-matrix-plot.js';
import { regionSharesPlot } from '../../../src/report/plot/region-shares-plot.js';
import { assertBalanced } from '../balanced.js';

const hostile = '<img src=x onerror="alert(1)">';

describe('dendrogramPlot', () => {
  /** b and c join at 1, a with both at 4: in rows c, b, a. */
  const tree: Dendrogram = {
    leaves: [2, 1, 0],
    links: [
      { positions: [0, 1], from: [0, 0], height: 1 },
      { positions: [0.5, 2], from: [1, 0], height: 4 },
    ],
  };
  const plot = (labels: readonly string[], layout = tree) =>
    dendrogramPlot({ id: 'd', title: 'Models', valueLabel: 'Distance', labels, tree: layout });

  it('draws brackets from where their branches come to where they join', () => {
    const { text } = plot(['a', 'b', 'c']);
    assertBalanced(text);
    const [inner, outer] = [...text.matchAll(/<path d="M([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H([\d.]+)"/g)].map(
      (match) => match.slice(1).map(Number),
    );
    const unit = inner[2] - inner[0];
    assert.ok(unit > 20);
    assert.equal(inner[0], inner[4]);
    assert.equal(outer[0], inner[2]);
    assert.equal(outer[4], inner[0]);
    assert.ok(Math.abs(outer[2] - (inner[0] + 4 * unit)) < 0.3);
    assert.ok(Math.abs(outer[1] - (inner[1] + inner[3]) / 2) < 0.2);
    const names = [...text.matchAll(/text-anchor="end">([abc])<\/text>/g)].map(([, name]) => name);
    assert.deepEqual(names, ['c', 'b', 'a']);
  });

  it('says in words what joins', () => {
    assert.match(
      plot(['a', 'b', 'c']).text,
      /<desc id="d-description">c, b join at 1\.\d*\. c, b, a join at 4\.\d*\./,
    );
  });

  it('draws what the linkage of distances gives', () => {
    const distances = [
      [0, 9, 8, 2],
      [9, 0, 3, 7],
      [8, 3, 0, 6],
      [2, 7, 6, 0],
    ];
    const { text } = plot(['a', 'b', 'c', 'd'], dendrogram(linkage(distances, 'average')));
    assert.match(text, /a, d join at 2\.\d*\. b, c join at 3\.\d*\. a, d, b, c join at 7\.50?\./);
  });

  it('copes with one item, equal maps and hostile names', () => {
    assertBalanced(plot(['alone'], { leaves: [0], links: [] }).text);
    const same = { leaves: [0, 1], links: [{ positions: [0, 1], from: [0, 0], height: 0 }] } as const;
    const { text } = plot([hostile, `${hostile}${'long'.repeat(30)}`], same);
    assertBalanced(text);
    assert.doesNotMatch(text, /<img|NaN|Infinity/);
  });
});

describe('distanceMatrixPlot', () => {
  const values = [
    [0, 1, 2],
    [1, 0, 4],
    [2, 4, 0],
  ];
  const plot = (labels: readonly string[], rows: readonly number[][] = values, order?: readonly number[]) =>
    distanceMatrixPlot({ id: 'm', title: 'Distances', valueLabel: 'Distance', labels, values: rows, order });

  it('writes every value off the diagonal, in the given order', () => {
    const { text } = plot(['a', 'b', 'c'], values, [2, 0, 1]);
    assertBalanced(text);
    const cells = [...text.matchAll(/font-size="10" fill="[^"]*">([^<]*)</g)].map(([, value]) =>
      Number(value),
    );
    assert.deepEqual(cells, [2, 4, 2, 1, 4, 1]);
    assert.match(text, />1 {2}c<.*>2 {2}a<.*>3 {2}b</s);
    assert.match(text, /3 pairs\. Nearest: a and b, 1\.0*\. Farthest: b and c, 4\.0*\./);
  });

  it('gives equal values equal colours and the ends of the scale the ends of the bar', () => {
    const { text } = plot(['a', 'b', 'c']);
    const fills = [...text.matchAll(/<rect [^>]*fill="(rgb[^"]*)"/g)].map(([, fill]) => fill);
    const [ab, ac, ba, bc, ca, cb] = fills;
    assert.deepEqual([ab, ac, bc], [ba, ca, cb]);
    assert.equal(ab, fills[6]);
    assert.equal(bc, fills.at(-1));
  });

  it('copes with no value, none but NaN, one item and hostile names', () => {
    const nothing = plot([hostile, 'b'], [[0, NaN], [NaN, 0]]); // prettier-ignore
    for (const { text } of [nothing, plot(['a'], [[0]]), plot([], [])]) {
      assertBalanced(text);
      assert.doesNotMatch(text, /<img|NaN|Infinity|undefined/);
    }
  });
});

describe('regionSharesPlot', () => {
  const plot = (
    shares: readonly { share: number; interval?: { low: number; high: number } }[],
    areas?: number[],
  ) =>
    regionSharesPlot({
      id: 'r',
      title: 'Shares',
      valueLabel: 'Share',
      regions: ['left_eye', 'nose'],
      groups: [
        { label: 'women', n: 1200, shares },
        { label: hostile, n: 1, shares: [{ share: 0.1 }, { share: NaN }] },
      ],
      areas,
    });

  it('places shares, intervals and areas on one scale from 0', () => {
    const { text } = plot(
      [
        { share: 0.1, interval: { low: 0.05, high: 0.2 } },
        { share: 0.3, interval: { low: 0.2, high: 0.4 } },
      ],
      [0.05, 0.2],
    );
    assertBalanced(text);
    const lines = [...text.matchAll(/<path d="M([\d.]+) [\d.]+H([\d.]+)" stroke/g)].map((line) =>
      line.slice(1).map(Number),
    );
    const unit = (lines[1][1] - lines[0][0]) / 0.35;
    assert.ok(Math.abs(lines[0][1] - lines[0][0] - 0.15 * unit) < 0.2);
    assert.ok(Math.abs(lines[0][1] - lines[1][0]) < 0.2);
    const [first, second] = [...text.matchAll(/<path d="M([\d.]+) [\d.]+V/g)].map(([, x]) => Number(x));
    assert.ok(Math.abs(first - lines[0][0]) < 0.2);
    assert.ok(Math.abs(second - lines[1][0]) < 0.2);
    assert.match(text, /Dashed: the share of the area\. Pale: too few people/);
    assert.match(text, /women \(n = 1,200\): left_eye 10 % \(5 to 20 %\); nose 30 % \(20 to 40 %\)\./);
    assert.match(text, /left_eye 10 %; nose none\./);
    assert.doesNotMatch(text, /<img|NaN|Infinity/);
  });

  it('copes with nothing', () => {
    assertBalanced(regionSharesPlot({ id: 'r', title: '', valueLabel: '', regions: [], groups: [] }).text);
    assertBalanced(plot([{ share: 0 }, { share: 0 }]).text);
  });
});
