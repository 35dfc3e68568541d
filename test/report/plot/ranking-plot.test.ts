import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { rankingPlot, type RankingRow } from '../../../src/report/plot/ranking-plot.js';
import { assertBalanced } from '../balanced.js';

const rows: RankingRow[] = [
  { label: 'Nose', value: 0.3, interval: { low: 0.2, high: 0.4 }, n: 1200 },
  { label: 'Left Eye', value: 0.1, interval: { low: -0.1, high: 0.3 }, n: 1199 },
  { label: 'Chin', value: 0, n: 1 },
];
const plot = (plotted: readonly RankingRow[]) =>
  rankingPlot({ id: 'p', title: 'Regions', valueLabel: 'Mean change', rows: plotted }).text;
const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, value]) => Number(value));

describe('rankingPlot', () => {
  it('places dots and interval ends on one linear scale', () => {
    const text = plot(rows);
    assertBalanced(text);
    const [nose, eye, chin] = numbers(text, /<circle cx="([\d.]+)"/g);
    const perUnit = (nose - chin) / 0.3;
    assert.ok(perUnit > 100);
    assert.ok(Math.abs(eye - (chin + 0.1 * perUnit)) < 0.2);
    const lows = numbers(
      text,
      /<line x1="([\d.]+)" x2="[\d.]+" y1="[\d.]+" y2="[\d.]+" stroke="[^"]*" stroke-width="2.5"/g,
    );
    assert.equal(lows.length, 2);
    assert.ok(Math.abs(lows[0] - (chin + 0.2 * perUnit)) < 0.2);
    assert.ok(Math.abs(lows[1] - (chin - 0.1 * perUnit)) < 0.2);
  });

  it('says in words what it shows, with n and where an interval is missing', () => {
    const text = plot(rows);
    assert.match(text, /<desc id="p-description">Nose: 0\.30, 95 % interval 0\.20 to 0\.40, n = 1,200\./);
    assert.match(text, /Chin: 0\.00, no interval, n = 1\./);
    assert.match(text, /Open dots: too few samples/);
    assert.doesNotMatch(plot(rows.slice(0, 2)), /Open dots/);
    assert.match(text, /role="img" aria-labelledby="p-title p-description"/);
  });

  it('escapes labels, shortens long ones, and copes with none, NaN and one value', () => {
    const name = `<img src=x onerror="alert(1)"> ${'long'.repeat(40)}`;
    const text = plot([{ label: name, value: NaN, n: 0 }]);
    assertBalanced(text);
    assert.doesNotMatch(text, /<img|NaN|Infinity/);
    assertBalanced(plot([]));
    for (const value of [0, 5, -1e-9, 1e9]) {
      assert.doesNotMatch(plot([{ label: 'a', value, n: 1 }]), /NaN|Infinity/);
    }
  });
});
