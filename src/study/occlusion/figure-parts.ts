import type { Occlusion } from '../../perturb/occlusion/occlusion.js';
import type { FigureCells, FigureRegion } from '../../report/figure/heatmap-figure.js';

/** The cells of a grid as a figure draws them; the cells must partition the image. */
export function figureCells<Cell extends Occlusion>(
  cells: readonly Cell[],
  value: (cell: Cell) => number,
): FigureCells {
  const boxes = cells.map((cell) => ({ ...boxOf(cell), value: value(cell) }));
  const rowEdges = edges(boxes.map(({ y, height }) => [y, y + height]));
  const columnEdges = edges(boxes.map(({ x, width }) => [x, x + width]));
  const columns = columnEdges.length - 1;
  const values = new Float64Array((rowEdges.length - 1) * columns).fill(NaN);
  for (const box of boxes) values[rowEdges.indexOf(box.y) * columns + columnEdges.indexOf(box.x)] = box.value;
  return { rowEdges, columnEdges, values };
}

/** Regions as a figure draws them: exactly what was hidden, one part after the other. */
export function figureRegions<Region extends Occlusion>(
  regions: readonly Region[],
  value?: (region: Region) => number,
): FigureRegion[] {
  return regions.flatMap((region) => {
    const { name, footprint } = region;
    const parts = footprint.shape === 'boxes' ? footprint.boxes : footprint.polygons;
    return parts.map((part) => ({
      name,
      footprint: part,
      ...(value === undefined ? {} : { value: value(region) }),
    }));
  });
}

function boxOf({ name, footprint }: Occlusion) {
  if (footprint.shape !== 'boxes') throw new Error(`The cell ${name} of a grid is not a box.`);
  return footprint.boxes[0];
}

function edges(intervals: readonly (readonly [number, number])[]): number[] {
  return [...new Set(intervals.flat())].sort((a, b) => a - b);
}
