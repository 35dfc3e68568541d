import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import { curvePlot, type CurveSeries } from '../../../src/report/plot/curve-plot.js';
import { assertBalanced } from '../balanced.js';
import { linePaths, pathPlaces, tickPlaces } from './path-places.js';

const plot = (series: readonly CurveSeries[], more: Partial<Parameters<typeof curvePlot>[0]> = {}) =>
  curvePlot({ id: 'c', title: 'FNMR', shareLabel: 'pixels put back', valueLabel: 'FNMR', series, ...more })
    .text;
const points = (values: readonly number[]) =>
  values.map((value, at) => ({
    share: (at + 1) / 10,
    value,
    interval: { low: value / 2, high: value * 1.5 },
  }));
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.15, `${actual} is not ${expected}`);

describe('curvePlot', () => {
  it('places every point where the axes say it is', () => {
    const values = [0.4, 0.25, 0.1];
    const text = plot([{ label: 'xssab', points: points(values) }]);
    assertBalanced(text);
    const [x, y] = [tickPlaces(text, 'middle'), tickPlaces(text, 'end')];
    const [left, right, bottom, top] = [x.get('0')!, x.get('100')!, y.get('0')!, y.get('20')!];
    const [, line] = linePaths(text);
    const places = pathPlaces(line);
    assert.equal(places.length, 3);
    places.forEach(([px, py], at) => {
      near(px, left + ((at + 1) / 10) * (right - left));
      near(py, bottom + (values[at] / 0.2) * (top - bottom));
    });
    const markers = [...text.matchAll(/translate\(([\d.]+) ([\d.]+)\)/g)].map(([, px, py]) => [+px, +py]);
    assert.deepEqual(markers.slice(1), places);
  });

  it('covers all values, intervals and references with its axes', () => {
    const text = plot([{ label: 'a', points: points([0.5]) }], {
      references: [{ label: 'before', value: 0.93 }],
    });
    const y = tickPlaces(text, 'end');
    assert.ok(Math.max(...[...y.keys()].map(Number)) >= 93);
    const [, , height] = /viewBox="0 0 (\d+) (\d+)"/.exec(text)!;
    const all = linePaths(text).flatMap(pathPlaces);
    assert.ok(all.every(([px, py]) => px >= 0 && px <= 400 && py >= 0 && py <= Number(height)));
  });

  it('names every series and the control in legend and description, each in a style of its own', () => {
    const names = ['xssab', 'fggb', 'corrrise', 'xface', 'gradient', 'smoothgrad', 'lime', 'grad-cam'];
    const text = plot([
      { label: 'random', note: 'area 0.44', control: true, points: points([0.5, 0.4]) },
      ...names.map((label) => ({ label, points: points([0.5, 0.1]) })),
    ]);
    for (const name of ['random', ...names]) {
      assert.match(text, new RegExp(`<text [^>]*>${name}</text>`));
      assert.match(text, new RegExp(`<desc[^>]*>.*${name}: 50 % at 10 %`, 's'));
    }
    assert.match(text, />area 0\.44</);
    const samples = [...text.matchAll(/<g>(<path d="M0 [^>]*>)(<path d="([^"]*)"[^>]*>)?/g)].map(
      ([, line, , marker]) => `${line.replace(/ d="[^"]*"/, '')} ${marker}`,
    );
    assert.equal(new Set(samples).size, names.length + 1);
    assert.match(samples[0], /stroke-dasharray="5 4".*undefined/);
  });

  it('draws a band only where every point has an interval', () => {
    const band = /fill-opacity="0.13"/;
    assert.match(plot([{ label: 'a', points: points([0.5, 0.4]) }]), band);
    assert.doesNotMatch(
      plot([{ label: 'a', points: [...points([0.5, 0.4]), { share: 0.5, value: 0.1 }] }]),
      band,
    );
  });

  it('leaves a gap at NaN, and copes with one point, none and no series', () => {
    const gap = plot([{ label: 'a', points: points([0.5, NaN, 0.3, 0.2]) }]);
    assert.equal([...linePaths(gap)[1].matchAll(/M/g)].length, 2);
    for (const series of [[], [{ label: 'a', points: [] }], [{ label: 'a', points: points([NaN]) }]]) {
      const text = plot(series);
      assertBalanced(text);
      assert.doesNotMatch(text, /NaN|Infinity|undefined/);
    }
    assert.match(plot([]), /nothing to draw/);
    assert.match(plot([{ label: 'a', points: points([0]) }]), /a: 0 % at 10 %, 0 % at 10 %/);
    assert.doesNotMatch(gap, /NaN|Infinity|undefined/);
  });

  it('escapes what comes from outside', () => {
    const name = '<img src=x onerror="y">';
    const text = plot([{ label: name, note: name, points: points([0.1]) }], {
      title: name,
      valueLabel: name,
      references: [{ label: name, value: 0 }],
    });
    assertBalanced(text);
    assert.doesNotMatch(text, /<img/);
  });
});
