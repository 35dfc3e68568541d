import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionCurvePlot } from '../../../src/report/plot/decision-curve-plot.js';
import { radarPlot } from '../../../src/report/plot/radar-plot.js';

describe('radarPlot', () => {
  const axes = ['left_eye', 'nose', 'mouth', 'chin'];

  it('puts values on the axes clockwise from the top, the largest tick at the rim', () => {
    const { text, description } = radarPlot({
      ...{ id: 'r', title: 'Radar', valueLabel: 'share', axes },
      series: [{ label: 'women', values: [1, 0.5, 0, 0.5] }],
    });
    const outlines = [...text.matchAll(/<path d="(M[^"]*Z)" fill="none" stroke="var\(--first/g)];
    const outline = outlines[outlines.length - 1][1];
    const points = [...outline.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    const [top, right, bottom, left] = points;
    assert.equal(points.length, 4);
    // The third value is 0, so its place is the centre.
    const [x, y] = bottom;
    assert.deepEqual([top[0], left[0] + right[0]], [x, 2 * x]);
    assert(Math.abs(y - top[1] - 118) < 0.06);
    assert(Math.abs(right[0] - x - 59) < 0.06 && right[1] === y);
    assert.equal(description, 'women: left eye 100 %; nose 50 %; mouth 0 %; chin 50 %.');
  });

  it('leaves a gap where there is no value', () => {
    const { text } = radarPlot({
      ...{ id: 'r', title: 'Radar', valueLabel: 'share', axes },
      series: [{ label: 'men', values: [0.5, Number.NaN, 0.5, 0.5] }],
    });
    assert.doesNotMatch(text, /NaN/);
    const lines = [...text.matchAll(/<path d="([^"]*)" fill="none" stroke="var\(--first/g)].map(([, d]) => d);
    const last = lines[lines.length - 1];
    assert.equal([...last.matchAll(/M/g)].length, 2);
    assert.doesNotMatch(last, /Z/);
  });
});

describe('decisionCurvePlot', () => {
  it('draws curves from corner to corner, the decision on them, and chance where it is asked for', () => {
    const curve = { label: 'a <b>', note: 'AUC 0.5', x: [0, 1], y: [0, 1], operating: { x: 0.5, y: 0.5 } };
    const plot = (diagonal: boolean) =>
      decisionCurvePlot({
        ...{ id: 'c', title: 'ROC', horizontalLabel: 'FPR', verticalLabel: 'TPR' },
        ...{ diagonal, series: [curve] },
      });
    const { text } = plot(true);
    assert.match(text, /a &lt;b&gt;/);
    const paths = [...text.matchAll(/<path d="(M[\d.]+ [\d.]+L[\d.]+ [\d.]+)" fill="none"/g)].map(
      ([, d]) => d,
    );
    assert.equal(paths.length, 2);
    assert.equal(paths[0], paths[1]);
    assert.equal(plot(false).text.includes('stroke-dasharray="1.5 3"'), false);
  });
});
