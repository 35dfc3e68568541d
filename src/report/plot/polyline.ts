/** A point in units of the drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The `d` of a path through the points; a point that is not finite breaks it. */
export function polyline(points: readonly Place[]): string {
  let path = '';
  let broken = true;
  for (const { x, y } of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      broken = true;
      continue;
    }
    path += `${broken ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    broken = false;
  }
  return path;
}
