import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { blankImage } from '../../../src/image/raster-image.js';
import type { MapTableCell, MapTableFigure } from '../../../src/report/figure/map-table-figure.js';
import { renderMapTable } from '../../../src/report/figure/render-map-table.js';

const [width, height] = [32, 40];
const constant = (value: number): MapTableCell => ({
  map: { data: new Float32Array(width * height).fill(value), shape: [height, width] },
  caption: 'n = 3',
});
const figure = (cells: MapTableFigure['rows'][number]['cells'][], columns = ['a', 'b']): MapTableFigure => ({
  title: 'Models and groups',
  columns,
  rows: cells.map((row, at) => ({ label: `model ${at}`, cells: row })),
  colourMap: 'gray',
  scale: { minimum: 0, maximum: 10 },
  colourBarLabel: 'mean weight',
  alpha: 1,
  dpi: 50,
});

/** How many pixels of the picture have this gray. */
async function pixelsOf(png: Uint8Array, gray: number): Promise<number> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  assert.equal(info.width, 400);
  let count = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    if (data[i] === gray && data[i + 1] === gray && data[i + 2] === gray) count++;
  }
  return count;
}

describe('renderMapTable', () => {
  it('gives one value one colour in every cell, and leaves a missing cell white', async () => {
    const png = await renderMapTable(figure([[constant(2.5), constant(7.5)], [constant(2.5), undefined]])); // prettier-ignore
    const [low, high] = [await pixelsOf(png, 64), await pixelsOf(png, 192)];
    // The widest cells: 360 / 4 by 450 / 4 pixels; a strip of the colour bar has the colour too.
    assert.ok(Math.abs(low - 2 * 90 * 112.5) < 2 * 250, `${low}`);
    assert.ok(Math.abs(high - 90 * 112.5) < 250, `${high}`);
  });

  it('lies on the photograph in gray, or on the neutral gray', async () => {
    const red = blankImage(width, height, 3);
    for (let i = 0; i < red.data.length; i += 3) red.data[i] = 255;
    const photographed = { ...constant(5), photograph: red };
    const png = await renderMapTable({ ...figure([[photographed, constant(5)]]), alpha: 0 });
    assert.ok((await pixelsOf(png, 76)) > 9500);
    assert.ok((await pixelsOf(png, 190)) > 9500);
  });

  it('draws the outline where there is no photograph, and only there', async () => {
    const outline = [[[0, 20], [31, 20]]] as const; // prettier-ignore
    const bare = { ...figure([[constant(0), constant(0)]]), alpha: 0 };
    const onPhotographs = figure([[{ ...constant(0), photograph: blankImage(width, height, 3) }, undefined]]);
    const without = await pixelsOf(await renderMapTable(bare), 190);
    const drawn = await pixelsOf(await renderMapTable({ ...bare, outline }), 190);
    assert.ok(without - drawn >= 2 * 85 && without - drawn < 2 * 90 * 4, `${without - drawn}`);
    assert.deepEqual(
      await renderMapTable({ ...onPhotographs, outline }),
      await renderMapTable(onPhotographs),
    );
  });

  it('grows with its rows and fits any number of columns', async () => {
    const many = Array.from({ length: 12 }, (_, at) => constant(at));
    const names = many.map((_, at) => `a group with a long name ${at}`);
    const one = await sharp(await renderMapTable(figure([many], names))).metadata();
    const three = await sharp(await renderMapTable(figure([many, many, many], names))).metadata();
    assert.equal(one.width, three.width);
    assert.ok(three.height > one.height + 50);
  });

  it('refuses a table without a map, and rows that do not fit', async () => {
    await assert.rejects(renderMapTable(figure([[undefined, undefined]])), /no map/);
    await assert.rejects(renderMapTable(figure([[constant(1)]])), /Row model 0 has 1 cells, not 2/);
  });
});
