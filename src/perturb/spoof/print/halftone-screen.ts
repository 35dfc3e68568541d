/** Shares of the area with a lower value, for 257 values of (cos + cos) / 4 + 1 / 2 from 0 to 1. */
const cumulative = cumulativeArea(256, 512);

/**
 * The screen of one ink: at each pixel the share of ink from which on a dot covers it. Dots grow about the points of a
 * square grid, and as large a part of the area is covered as there is ink, whatever the tone.
 *
 * @param pitch pixels between dots
 * @param angle of the grid in degrees
 * @param phaseX, phaseY where the grid begins, in dots
 */
export function dotThreshold(
  pitch: number,
  angle: number,
  phaseX: number,
  phaseY: number,
): (x: number, y: number) => number {
  const turn = (angle * Math.PI) / 180;
  const step = (2 * Math.PI) / pitch;
  const [alongX, alongY] = [step * Math.cos(turn), step * Math.sin(turn)];
  return (x, y) => {
    const u = alongX * x + alongY * y + 2 * Math.PI * phaseX;
    const v = alongX * y - alongY * x + 2 * Math.PI * phaseY;
    const height = (Math.cos(u) + Math.cos(v)) / 4 + 0.5;
    return cumulative[Math.round(height * 256)];
  };
}

function cumulativeArea(values: number, side: number): Float64Array {
  const counts = new Float64Array(values + 1);
  const cosines = Float64Array.from({ length: side }, (_, at) => Math.cos((2 * Math.PI * (at + 0.5)) / side));
  for (const first of cosines) {
    for (const second of cosines) counts[Math.round(((first + second) / 4 + 0.5) * values)]++;
  }
  let below = 0;
  return counts.map((count) => {
    below += count;
    return (below - count / 2) / side ** 2;
  });
}
