import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { scoreHistogramPlot } from '../../../src/report/plot/score-histogram-plot.js';
import { assertBalanced } from '../balanced.js';
import { tickPlaces } from './path-places.js';

const histogram = {
  edges: [0, 0.25, 0.5, 0.75, 1],
  genuine: Int32Array.from([0, 1, 1, 2]),
  impostor: Int32Array.from([60, 30, 10, 0]),
};
const plot = (more: Partial<Parameters<typeof scoreHistogramPlot>[0]> = {}) =>
  scoreHistogramPlot({ id: 'h', title: 'Scores', scoreLabel: 'cosine', histogram, ...more }).text;
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.15, `${actual} is not ${expected}`);

describe('scoreHistogramPlot', () => {
  it('draws each class as shares of its own, bin by bin', () => {
    const text = plot();
    assertBalanced(text);
    const [x, y] = [tickPlaces(text, 'middle'), tickPlaces(text, 'end')];
    const [impostor, genuine] = [...text.matchAll(/<path d="M[\d.]+ [\d.]+(V[^"]+)Z" fill=/g)].map(([, d]) =>
      [...d.matchAll(/V([\d.]+)H([\d.]+)/g)].map(([, height, end]) => [Number(height), Number(end)]),
    );
    const share = (value: number) => y.get('0')! + (value / 0.6) * (y.get('60')! - y.get('0')!);
    const place = (value: number) => x.get('0.00')! + value * (x.get('1.00')! - x.get('0.00')!);
    [0.6, 0.3, 0.1, 0].forEach((value, bin) => {
      near(impostor[bin][0], share(value));
      near(impostor[bin][1], place(histogram.edges[bin + 1]));
    });
    [0, 0.25, 0.25, 0.5].forEach((value, bin) => near(genuine[bin][0], share(value)));
  });

  it('draws the threshold inside the axes, wherever it is, with its label on the drawing', () => {
    for (const value of [-0.4, 0, 0.3, 1.7]) {
      const text = plot({ threshold: { value, label: 'threshold 0.312 (EER)' } });
      const x = tickPlaces(text, 'middle');
      const [, line] = /<path d="M([\d.-]+) [\d.]+V[\d.]+" stroke/.exec(text)!.map(Number);
      near(line, x.get('0.00')! + value * (x.get('1.00')! - x.get('0.00')!));
      assert.ok(line >= 0 && line <= 400);
      const [, label] = /<text x="([\d.]+)"[^>]*>threshold 0\.312 \(EER\)</.exec(text)!.map(Number);
      assert.ok(label > 60 && label < 340);
    }
  });

  it('gives the counts, and only the class that is there', () => {
    const text = plot({ notes: { genuine: 'FNMR 3 % (1 to 6)' } });
    assert.match(text, />genuine, n = 4</);
    assert.match(text, />impostor, n = 100</);
    assert.match(text, />FNMR 3 % \(1 to 6\)</);
    assert.match(text, /<desc[^>]*>100 impostor scores\. 4 genuine scores: FNMR 3 % \(1 to 6\)\.</);
    const one = plot({ histogram: { ...histogram, impostor: new Int32Array(4) } });
    assert.doesNotMatch(one, /impostor|NaN|undefined/);
    const none = plot({ histogram: { edges: [], genuine: new Int32Array(0), impostor: new Int32Array(0) } });
    assertBalanced(none);
    assert.match(none, /There are no scores/);
    assert.doesNotMatch(none, /NaN|undefined/);
  });
});
