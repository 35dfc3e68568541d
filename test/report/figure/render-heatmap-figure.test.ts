import { describe, it } from 'node:test';
import assert from 'node:assert/strict';

import sharp from 'sharp';

import { colourMap } from '../../../src/image/colour-map/colour-map.js';
import { colourOf } from '../../../src/image/colour-map/colour-scale.js';
import type { HeatmapFigure } from '../../../src/report/figure/heatmap-figure.js';
import { layoutOf, type Layout } from '../../../src/report/figure/layout.js';
import { renderHeatmapFigure } from '../../../src/report/figure/render-heatmap-figure.js';
import { registerFonts } from '../../../src/report/figure/fonts.js';
import { createCanvas } from '@napi-rs/canvas';

const hot = colourMap('hot');
const gray = 100;
const photograph = {
  width: 40,
  height: 20,
  channels: 3,
  data: new Uint8Array(40 * 20 * 3).fill(gray),
} as const;
const scale = { minimum: 0, maximum: 2 };
const plain: HeatmapFigure = {
  title: 'Title',
  photograph,
  scale,
  colourBarLabel: 'Score',
  colourMap: 'hot',
  dpi: 100,
};

async function render(figure: HeatmapFigure) {
  const png = await renderHeatmapFigure(figure);
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  registerFonts();
  const layout = layoutOf(figure, createCanvas(1, 1).getContext('2d'));
  assert.deepEqual([info.width, info.height, info.channels], [layout.width, layout.height, 3]);
  const at = (x: number, y: number) => {
    const sample = (Math.floor(y) * info.width + Math.floor(x)) * 3;
    return [...data.subarray(sample, sample + 3)];
  };
  /** The figure's colour at a point of the photograph. */
  const on = (x: number, y: number) => {
    const { panel } = layout;
    return at(
      panel.x + (x / photograph.width) * panel.width,
      panel.y + (y / photograph.height) * panel.height,
    );
  };
  return { png, layout, at, on };
}

/** A value's colour blended over the gray photograph. */
function blended(value: number, alpha = 0.6): number[] {
  return colourOf(value, hot, scale)!.map((sample) => alpha * sample + (1 - alpha) * gray);
}

function assertNear(actual: readonly number[], expected: readonly number[], tolerance = 1.5): void {
  const near = actual.every((sample, channel) => Math.abs(sample - expected[channel]) <= tolerance);
  assert.ok(near, `${actual.join(',')} is not near ${expected.join(',')}`);
}

/** The colours of a colour bar, left to right, at these positions from 0 to 1. */
function barColours(
  { colourBar }: Layout,
  at: (x: number, y: number) => number[],
  positions: number[],
): number[][] {
  return positions.map((position) =>
    at(colourBar.x + position * (colourBar.width - 1), colourBar.y + colourBar.height / 2),
  );
}

describe('renderHeatmapFigure', () => {
  it('colours cells and colour bar by the same scale, and leaves NaN cells alone', async () => {
    const cells = { rowEdges: [0, 20], columnEdges: [0, 10, 30, 40], values: [0.5, NaN, 2] };
    const { on, at, layout } = await render({ ...plain, cells });
    assertNear(on(5, 3), blended(0.5));
    assertNear(on(20, 3), [gray, gray, gray]);
    assertNear(on(35, 3), blended(2));
    const [quarter, end] = barColours(layout, at, [0.25, 0.995]);
    assertNear(quarter, blended(0.5), 3);
    assertNear(end, blended(2), 3);
  });

  it('writes the values into cells that are large enough', async () => {
    const bare = await render({ ...plain, cells: { rowEdges: [0, 20], columnEdges: [0, 40], values: [1] } });
    assertNear(bare.on(20, 3), blended(1));
    const centre = Array.from({ length: 40 }, (_, index) => bare.on(19 + index * 0.05, 10)[2]);
    assert.ok(Math.max(...centre) === 255 && Math.min(...centre) < 60, 'white digits on a dark box');
  });

  it('omits values that nobody could read', async () => {
    const edges = Array.from({ length: 401 }, (_, index) => index / 10);
    const values = new Float32Array(400).fill(1);
    const { on } = await render({ ...plain, cells: { rowEdges: [0, 20], columnEdges: edges, values } });
    for (let x = 0.05; x < 40; x += 0.1) {
      assert.ok(on(x, 10)[0] > 80, 'no dark box');
    }
  });

  it('fills a box half open and a polygon with its boundary pixels, even-odd', async () => {
    const box = { x: 4, y: 4, width: 8, height: 8 };
    const ring: [number, number][] = [
      [20, 2],
      [36, 2],
      [36, 18],
      [20, 18],
      [20, 2],
      [24, 6],
      [24, 14],
      [32, 14],
      [32, 6],
      [24, 6],
    ];
    const regions = [
      { name: 'box', footprint: box, value: 1 },
      { name: 'ring', footprint: ring, value: 2 },
    ];
    const { on } = await render({ ...plain, regions });
    assertNear(on(6, 8), blended(1));
    assertNear(on(13.2, 8), [gray, gray, gray]);
    assertNear(on(22.4, 10.4), blended(2));
    assertNear(on(28.5, 10.5), [gray, gray, gray]);
  });

  it('enlarges a continuous map and blends it', async () => {
    const map = { data: Float32Array.of(0, 2), shape: [1, 2] };
    const { on } = await render({ ...plain, map, alpha: 1 });
    assertNear(on(1, 10), colourOf(0, hot, scale)!);
    assertNear(on(39, 10), colourOf(2, hot, scale)!);
    assertNear(on(20, 10), colourOf(1, hot, scale)!, 12);
  });

  it('shows the photograph in gray unless its colours are asked for', async () => {
    const red = {
      ...photograph,
      data: Uint8Array.from(photograph.data, (_, sample) => (sample % 3 === 0 ? 255 : 0)),
    };
    assertNear((await render({ ...plain, photograph: red })).on(20, 10), [76, 76, 76]);
    const coloured = await render({ ...plain, photograph: red, photographColours: 'original' });
    assertNear(coloured.on(20, 10), [255, 0, 0]);
  });

  it('needs no photograph', async () => {
    const { on } = await render({ ...plain, photograph: { width: 40, height: 20 } });
    assertNear(on(20, 10), [190, 190, 190]);
  });

  it('is 8 inches wide at its dpi and says so in the file', async () => {
    const { png } = await render(plain);
    const { width, density } = await sharp(png).metadata();
    assert.deepEqual([width, density], [800, 100]);
    assert.equal((await sharp(await renderHeatmapFigure({ ...plain, dpi: 200 })).metadata()).width, 1600);
  });

  it('draws the same bytes every time, also when figures are drawn at once', async () => {
    const cells = { rowEdges: [0, 20], columnEdges: [0, 20, 40], values: [1, 2] };
    const figures: HeatmapFigure[] = [plain, { ...plain, cells }, { ...plain, title: 'Another' }];
    const alone: Uint8Array[] = [];
    for (const figure of figures) {
      alone.push(await renderHeatmapFigure(figure));
    }
    assert.deepEqual(await Promise.all(figures.map((figure) => renderHeatmapFigure(figure))), alone);
  });

  it('copes with one pixel, thin images, a larger photograph and text of any length', async () => {
    const onePixel = { width: 1, height: 1, channels: 1, data: Uint8Array.of(9) } as const;
    const large = { width: 3000, height: 30, channels: 1, data: new Uint8Array(90000).fill(7) } as const;
    const long = 'word '.repeat(100) + 'x'.repeat(500) + ' 😀 <b>';
    for (const image of [onePixel, large, { width: 1, height: 4000 }, { width: 4000, height: 1 }]) {
      const region = { name: long, footprint: { x: 0, y: 0, width: 1, height: 1 }, value: NaN };
      await renderHeatmapFigure({
        ...plain,
        photograph: image,
        title: long,
        colourBarLabel: long,
        regions: [region],
      });
    }
  });

  it('refuses an alpha outside 0 to 1 and an unknown colour map', async () => {
    await assert.rejects(renderHeatmapFigure({ ...plain, alpha: 3 }), /alpha: 3 is not between 0 and 1/);
    await assert.rejects(renderHeatmapFigure({ ...plain, colourMap: 'hott' }), /did you mean hot or/);
  });
});
