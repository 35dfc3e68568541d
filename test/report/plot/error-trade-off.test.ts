import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { detCurve } from '../../../src/measure/verification/det-curve.js';
import { rocCurve } from '../../../src/measure/verification/roc-curve.js';
import { detPlot } from '../../../src/report/plot/det-plot.js';
import { rocPlot, type ErrorTradeOff } from '../../../src/report/plot/roc-plot.js';
import { assertBalanced } from '../balanced.js';
import { linePaths, pathPlaces, tickPlaces } from './path-places.js';

/** Overlapping scores without randomness. */
const scores = {
  genuine: Array.from({ length: 200 }, (_, i) => 0.3 + 0.5 * Math.sin(i * 12.9898) ** 2),
  impostor: Array.from({ length: 400 }, (_, i) => 0.45 * Math.sin(i * 78.233) ** 2),
};
const { fmr, fnmr } = rocCurve(scores);
const system: ErrorTradeOff = {
  label: 'frll',
  fmr,
  fnmr,
  genuine: 200,
  impostor: 400,
  operating: {
    label: 'EER',
    fmr: { rate: 0.2, low: 0.15, high: 0.25 },
    fnmr: { rate: 0.2, low: 0.12, high: 0.3 },
  },
};
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.15, `${actual} is not ${expected}`);

describe('rocPlot', () => {
  it('places TMR over FMR on a logarithmic axis that reaches to one impostor pair', () => {
    const { text } = rocPlot({ id: 'r', title: 'ROC', series: [system] });
    assertBalanced(text);
    const [x, y] = [tickPlaces(text, 'middle'), tickPlaces(text, 'end')];
    assert.deepEqual([...x.keys()], ['0.1', '1', '10', '100']);
    const decade = x.get('100')! - x.get('10')!;
    near(x.get('10')! - x.get('1')!, decade);
    const places = pathPlaces(linePaths(text)[1]);
    const first = fmr.lastIndexOf(0);
    assert.equal(places.length, fmr.length - first);
    places.forEach(([px, py], at) => {
      const rate = Math.max(fmr[first + at], 0.001);
      near(px, x.get('100')! + Math.log10(rate) * decade);
      near(py, y.get('0')! + (1 - fnmr[first + at]) * (y.get('100')! - y.get('0')!));
    });
  });

  it('shades the rates that the impostor pairs cannot support', () => {
    const { text } = rocPlot({ id: 'r', title: 'ROC', series: [system] });
    const x = tickPlaces(text, 'middle');
    const decade = x.get('100')! - x.get('10')!;
    const [, left, width] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(text)!;
    near(Number(left) + Number(width), x.get('100')! + Math.log10(3 / 400) * decade);
    assert.match(text, /FMR below 3 in 400/);
  });

  it('has a linear axis too, on which a curve begins at 0', () => {
    const { text } = rocPlot({ id: 'r', title: 'ROC', axis: 'linear', series: [system] });
    const x = tickPlaces(text, 'middle');
    assert.deepEqual([...x.keys()], ['0', '20', '40', '60', '80', '100']);
    const places = pathPlaces(linePaths(text)[1]);
    assert.equal(places.length, fmr.length);
    near(places[0][0], x.get('0')!);
    near(places.at(-1)![0], x.get('100')!);
    assert.doesNotMatch(text, /FMR below 3/);
  });

  it('says the rates at the threshold with n, and draws nothing without a system', () => {
    assert.match(
      rocPlot({ id: 'r', title: 'ROC', series: [system] }).text,
      /frll: 200 genuine and 400 impostor pairs; at the threshold \(EER\) FMR 20 %, FNMR 20 %\./,
    );
    const { text } = rocPlot({ id: 'r', title: 'ROC', series: [] });
    assertBalanced(text);
    assert.doesNotMatch(text, /NaN|Infinity|undefined/);
  });
});

describe('detPlot', () => {
  it('places the points of detCurve on one scale of normal deviates', () => {
    const { text } = detPlot({ id: 'd', title: 'DET', series: [system] });
    assertBalanced(text);
    const curve = detCurve(scores);
    const [x, y] = [tickPlaces(text, 'middle'), tickPlaces(text, 'end')];
    // The deviates of 0.002 and 0.4 are -2.878162 and -0.253347.
    const perDeviate = (y.get('0.2')! - y.get('40')!) / 2.624815;
    near(x.get('40')! - x.get('0.2')!, 2.624815 * perDeviate);
    const places = pathPlaces(linePaths(text)[1]);
    assert.equal(places.length, curve.fmr.length);
    places.forEach(([px, py], at) => {
      near(px, x.get('40')! + (curve.fmr[at] + 0.253347) * perDeviate);
      near(py, y.get('40')! - (curve.fnmr[at] + 0.253347) * perDeviate);
    });
  });

  it('draws the diagonal of equal errors from corner to corner, and the curve crosses it at the EER', () => {
    const { text } = detPlot({ id: 'd', title: 'DET', series: [system] });
    const [, x1, y1, x2, y2] =
      /<path d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)" stroke="[^"]*" stroke-dasharray="3 4"/
        .exec(text)!
        .map(Number);
    near(x2 - x1, y1 - y2);
    const x = tickPlaces(text, 'middle');
    const y = tickPlaces(text, 'end');
    for (const tick of ['5', '20']) near(x.get(tick)! - x1, y1 - y.get(tick)!);
  });

  it('shows a system that errs more than half the time, perfect ones and none', () => {
    const worse = { ...system, fmr: [0, 0.7, 1], fnmr: [1, 0.7, 0], operating: undefined };
    const ticks = tickPlaces(detPlot({ id: 'd', title: 'DET', series: [worse] }).text, 'middle');
    assert.ok(ticks.has('80'));
    const perfect = { ...system, fmr: [0, 0, 1], fnmr: [1, 0, 0], genuine: 1, impostor: 1 };
    for (const series of [[], [perfect], [worse, perfect]]) {
      const { text } = detPlot({ id: 'd', title: 'DET', series });
      assertBalanced(text);
      assert.doesNotMatch(text, /NaN|Infinity|undefined/);
    }
  });
});
