import { createCanvas, Path2D, type SKRSContext2D } from '@napi-rs/canvas';

import type { ColourMap } from '../../image/colour-map/colour-map.js';
import { colourOf, type ColourScale } from '../../image/colour-map/colour-scale.js';
import type { Box } from '../../image/geometry.js';
import { titleCase, valueFormat } from '../value-format.js';
import type { FigureRegion, HeatmapFigure } from './heatmap-figure.js';
import { panelScale, type Layout } from './layout.js';
import { placeLabels } from './place-labels.js';
import { fitted, setFont } from './text.js';

/** Fills the footprints of the regions that have a value, and outlines all of them. */
export function drawRegions(
  context: SKRSContext2D,
  layout: Layout,
  figure: HeatmapFigure,
  regions: readonly FigureRegion[],
  map: ColourMap,
  scale: ColourScale,
  alpha: number,
): void {
  const { panel, unit } = layout;
  // The large ones first, so that none hides a smaller one.
  const ordered = regions
    .map((region) => ({ region, shape: shapeOf(region, layout, figure) }))
    .sort(
      (a, b) => b.shape.bounds.width * b.shape.bounds.height - a.shape.bounds.width * a.shape.bounds.height,
    );
  if (regions.some(({ value }) => value !== undefined)) {
    // Opaque on a layer of their own, which is then blended as a whole: fill and boundary overlap.
    const layer = createCanvas(layout.width, layout.height);
    const paint = layer.getContext('2d');
    clipToPanel(paint, panel);
    for (const { region, shape } of ordered) {
      const colour = region.value === undefined ? undefined : colourOf(region.value, map, scale);
      if (colour !== undefined) {
        paint.fillStyle = paint.strokeStyle = `rgb(${colour.join(',')})`;
        paint.fill(shape.path, 'evenodd');
        paint.lineWidth = shape.boundary;
        if (shape.boundary > 0) {
          paint.stroke(shape.path);
        }
      }
    }
    context.save();
    context.globalAlpha = alpha;
    context.drawImage(layer, 0, 0);
    context.restore();
  }
  context.save();
  clipToPanel(context, panel);
  for (const { shape } of ordered) {
    context.setLineDash([]);
    context.strokeStyle = 'rgba(0,0,0,0.55)';
    context.lineWidth = 6 * unit;
    context.stroke(shape.path);
    context.setLineDash([14 * unit, 9 * unit]);
    context.strokeStyle = '#5ff4ff';
    context.lineWidth = 3 * unit;
    context.stroke(shape.path);
  }
  context.restore();
}

/** Writes the regions' names, and values where they have one, above the footprints where there is room. */
export function drawRegionNames(
  context: SKRSContext2D,
  layout: Layout,
  figure: HeatmapFigure,
  regions: readonly FigureRegion[],
  taken: readonly Box[],
): void {
  const { unit } = layout;
  const size = 26 * unit;
  const height = 1.45 * size;
  const format = valueFormat(regions.flatMap(({ value }) => value ?? []));
  setFont(context, 'bold', size);
  const labels = regions.map((region) => {
    const text =
      region.value === undefined
        ? titleCase(region.name)
        : `${titleCase(region.name)}  ${format(region.value)}`;
    const shown = fitted(context, text, 0.5 * layout.colourBar.width);
    const { bounds } = shapeOf(region, layout, figure);
    return { text: shown, anchor: bounds, width: context.measureText(shown).width + 0.8 * size, height };
  });
  const room = {
    x: 12 * unit,
    y: layout.panel.y,
    width: layout.width - 24 * unit,
    height: layout.panel.height,
  };
  const footprints = labels.map(({ anchor }) => anchor);
  const places = placeLabels(labels, [...taken, ...footprints], room, 10 * unit);
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const [index, { x, y, width }] of places.entries()) {
    context.fillStyle = 'rgba(0,0,0,0.78)';
    context.beginPath();
    context.roundRect(x, y, width, height, 0.25 * size);
    context.fill();
    context.fillStyle = '#ffffff';
    context.fillText(labels[index].text, x + width / 2, y + height / 2 + 0.36 * size);
  }
}

interface Shape {
  readonly path: Path2D;
  /** Width of the boundary pixels that belong to the footprint, in pixels of the figure; 0 for a box. */
  readonly boundary: number;
  readonly bounds: Box;
}

function shapeOf({ footprint }: FigureRegion, { panel }: Layout, { photograph }: HeatmapFigure): Shape {
  const scale = panelScale(panel, photograph);
  const path = new Path2D();
  if ('width' in footprint) {
    const bounds = {
      x: panel.x + footprint.x * scale.x,
      y: panel.y + footprint.y * scale.y,
      width: footprint.width * scale.x,
      height: footprint.height * scale.y,
    };
    path.rect(bounds.x, bounds.y, bounds.width, bounds.height);
    return { path, boundary: 0, bounds };
  }
  // Integer coordinates name pixel centres, which lie half a pixel inside the panel's corner.
  const xs = footprint.map(([x]) => panel.x + (x + 0.5) * scale.x);
  const ys = footprint.map(([, y]) => panel.y + (y + 0.5) * scale.y);
  xs.forEach((x, index) => {
    if (index === 0) {
      path.moveTo(x, ys[index]);
    } else {
      path.lineTo(x, ys[index]);
    }
  });
  path.closePath();
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const bounds = { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
  return { path, boundary: scale.x, bounds };
}

function clipToPanel(context: SKRSContext2D, { x, y, width, height }: Box): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}
