import type { Box } from '../../image/geometry.js';

/** A label of a given size that belongs to the area `anchor`. */
export interface Label {
  readonly anchor: Box;
  readonly width: number;
  readonly height: number;
}

/**
 * Finds a place for each label at its anchor: of the places above, below, beside and inside it, the one that
 * covers least of the labels placed before and of the boxes `taken`; of equal ones the first named.
 * Every label lies inside `room` as far as it fits.
 * @param gap distance between a label and its anchor
 */
export function placeLabels(labels: readonly Label[], taken: readonly Box[], room: Box, gap: number): Box[] {
  const placed: Box[] = [];
  for (const label of labels) {
    const candidates = candidatesOf(label, gap).map((box) => movedInto(box, room));
    const costs = candidates.map(
      (box) =>
        // Two labels over each other are worse than a label over a value.
        10 * sum(placed.map((other) => overlap(box, other))) + sum(taken.map((other) => overlap(box, other))),
    );
    placed.push(candidates[costs.indexOf(Math.min(...costs))]);
  }
  return placed;
}

function candidatesOf({ anchor, width, height }: Label, gap: number): Box[] {
  const centre = anchor.x + (anchor.width - width) / 2;
  const middle = anchor.y + (anchor.height - height) / 2;
  const above = anchor.y - gap - height;
  const below = anchor.y + anchor.height + gap;
  const left = anchor.x - gap - width;
  const right = anchor.x + anchor.width + gap;
  const flushRight = anchor.x + anchor.width - width;
  const corners: [x: number, y: number][] = [
    [centre, above],
    [centre, below],
    [anchor.x, above],
    [flushRight, above],
    [anchor.x, below],
    [flushRight, below],
    [left, above],
    [right, above],
    [left, middle],
    [right, middle],
    [left, below],
    [right, below],
    [centre, middle],
    [centre, above - height - gap],
    [centre, below + height + gap],
  ];
  return corners.map(([x, y]) => ({ x, y, width, height }));
}

function movedInto(box: Box, room: Box): Box {
  const x = Math.max(Math.min(box.x, room.x + room.width - box.width), room.x);
  const y = Math.max(Math.min(box.y, room.y + room.height - box.height), room.y);
  return { ...box, x, y };
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
