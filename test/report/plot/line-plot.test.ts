import assert from 'node:assert/strict';
import { it } from 'node:test';
import { linePlot } from '../../../src/report/plot/line-plot.js';

it('breaks the line where a value is missing, and says in words what it shows', () => {
  const y = [0.1, Number.NaN, 0.9, 1];
  const { text } = linePlot({
    id: 'p',
    title: 'A <b>',
    xLabel: 'seconds',
    yLabel: 'P(attack)',
    series: [{ label: 'net', points: y.map((value, x) => ({ x, y: value })) }],
    references: [{ label: 'threshold 0.5', value: 0.5 }],
  });
  assert.match(text, /net: 3 values from 0\.100 to 1\.00\./);
  assert.match(text, /A &lt;b&gt;/);
  const [line] = /d="M[^"]*L[^"]*"/.exec(text)!;
  assert.equal(line.split('M').length, 3, 'two pieces');
});
