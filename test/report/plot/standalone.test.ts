import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import sharp from 'sharp';

import { curvePlot } from '../../../src/report/plot/curve-plot.js';
import { plotGrid } from '../../../src/report/plot/plot-grid.js';
import { renderPlot } from '../../../src/report/plot/render-plot.js';
import { standaloneSvg } from '../../../src/report/plot/standalone-svg.js';
import { themes } from '../../../src/report/theme.js';
import { assertBalanced } from '../balanced.js';

const plot = (label = 'xssab', id = 'c') =>
  curvePlot({
    id,
    title: `Title ${label}`,
    shareLabel: 'share',
    valueLabel: 'FNMR',
    series: [{ label, points: [0.1, 0.5, 0.9].map((share) => ({ share, value: share })) }],
  });

describe('standaloneSvg', () => {
  it('needs no page: no variables, a size, paper and the font inside', () => {
    for (const theme of ['light', 'dark'] as const) {
      const svg = standaloneSvg(plot(), { theme });
      assertBalanced(svg);
      assert.doesNotMatch(svg, /var\(/);
      assert.match(svg, /^<svg [^>]*width="428" height="\d+" viewBox="-14 -14 428 \d+"/);
      assert.match(svg, new RegExp(`fill="${themes[theme].paper}"`));
      assert.equal([...svg.matchAll(/@font-face/g)].length, 2);
      assert.match(svg, new RegExp(`stroke="${themes[theme].first}"`));
    }
  });
});

describe('plotGrid', () => {
  it('holds all plots, without overlap, in the size it states', () => {
    const plots = ['a', 'b', 'c'].map((label) => plot(label, label));
    const grid = plotGrid('g', 'All', plots, 2);
    assertBalanced(grid.text);
    const [{ width, height }] = plots;
    assert.deepEqual([grid.width, grid.height], [2 * width + 28, 2 * height + 28]);
    const places = [...grid.text.matchAll(/<g transform="translate\((\d+) (\d+)\)">/g)].map(([, x, y]) => [
      +x,
      +y,
    ]);
    assert.deepEqual(places, [
      [0, 0],
      [width + 28, 0],
      [0, height + 28],
    ]);
    for (const label of ['a', 'b', 'c'])
      assert.match(grid.text, new RegExp(`<desc[^>]*>.*Title ${label}\\.`, 's'));
    assertBalanced(plotGrid('g', 'None', [], 2).text);
  });
});

describe('renderPlot', () => {
  it('is an image of the plot: paper around, its lines in their colours', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const drawn = plot();
      const png = await renderPlot(drawn, { scale: 2, theme });
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual(
        [info.width, info.height, info.channels],
        [856, Math.round(2 * (drawn.height + 28)), 3],
      );
      const colour = (at: number) => `#${data.subarray(3 * at, 3 * at + 3).toString('hex')}`;
      assert.equal(colour(0), themes[theme].paper);
      const seen = new Map<string, number>();
      for (let at = 0; at < data.length / 3; at++) seen.set(colour(at), (seen.get(colour(at)) ?? 0) + 1);
      for (const name of ['first', 'rule', 'ink'] as const) {
        assert.ok((seen.get(themes[theme][name]) ?? 0) > 100, `${theme} ${name}`);
      }
    }
  });

  it('writes letters of all scripts of the font, and draws them differently', async () => {
    const images = await Promise.all(
      ['Ελλάδα', 'Україна', 'Čeština', 'R&D <b>'].map((label) => renderPlot(plot(label), { scale: 1 })),
    );
    assert.equal(new Set(images.map((png) => Buffer.from(png).toString('base64'))).size, images.length);
    const again = await renderPlot(plot('Ελλάδα'), { scale: 1 });
    assert.deepEqual(again, images[0]);
  });
});
