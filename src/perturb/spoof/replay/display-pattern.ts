/** Share of a third of the cell that a stripe of one colour lights up, and of the cell's height. */
const lit = { across: 0.8 / 3, along: 0.85 } as const;

/** Harmonics that are added up; the camera damps higher ones to nothing. */
const harmonics = 3;

/** Standard deviation of the camera's optics in its pixels. */
const optics = 0.15;

/**
 * The light that a camera pixel receives from a screen of stripes, relative to its mean, which is 1: the Fourier series of
 * stripes in cells, each harmonic damped by the camera and sampled at its pixels,
 *
 *     pattern = (1 + sum_k c_k(w) M(k / pitch) cos 2 pi k (u - phase)) (1 + sum_k c_k(h) M(k / pitch) cos 2 pi k v)
 *     c_k(d) = 2 sinc(k d),   M(f) = sinc(f) exp(-2 (pi f s)^2)
 *
 * with u, v in cells of the screen, phase 0, 1/3, 2/3 for red, green and blue, w and h the lit shares of a cell, and M the
 * transfer function of a square camera pixel behind a Gaussian of s = 0.15 pixels. Frequencies above half a cycle a pixel
 * fold back by themselves: a harmonic near a whole number of cycles a pixel is a wide beat.
 *
 * @param pitch width and height of a cell in camera pixels
 * @param angle of the screen in degrees
 * @param phaseX, phaseY where the screen begins, in cells
 */
export function displayPattern(
  pitch: number,
  angle: number,
  phaseX: number,
  phaseY: number,
): (x: number, y: number, channel: number) => number {
  const turn = (angle * Math.PI) / 180;
  const [alongX, alongY] = [Math.cos(turn) / pitch, Math.sin(turn) / pitch];
  const series = (share: number) =>
    Array.from({ length: harmonics }, (_, at) => 2 * sinc((at + 1) * share) * transfer((at + 1) / pitch));
  const across = series(lit.across);
  const along = series(lit.along);
  return (x, y, channel) =>
    (1 + sum(across, alongX * x + alongY * y + phaseX - channel / 3)) *
    (1 + sum(along, alongX * y - alongY * x + phaseY));
}

function sum(series: readonly number[], place: number): number {
  return series.reduce((total, weight, at) => total + weight * Math.cos(2 * Math.PI * (at + 1) * place), 0);
}

function transfer(frequency: number): number {
  return sinc(frequency) * Math.exp(-2 * (Math.PI * frequency * optics) ** 2);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
