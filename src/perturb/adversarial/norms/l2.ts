import type { Norm } from './norm.js';

/** The square root of the sum of the squared changes of all samples. */
export const l2: Norm = {
  summary: 'the root of the sum of the squared changes of all samples',
  length,
  project: (change, radius) => {
    const size = length(change);
    if (size <= radius) return;
    for (let at = 0; at < change.length; at++) change[at] *= radius / size;
  },
  steepest: (gradient, step) => {
    const size = length(gradient);
    return Float32Array.from(gradient, (value) => (size === 0 ? 0 : (step * value) / size));
  },
  // Uniform in the ball: a uniform direction, and the radius that as much of the volume lies within.
  random: (count, radius, random) => {
    const direction = Float32Array.from({ length: count }, () => random.normal());
    const size = (radius * random.random() ** (1 / count)) / length(direction);
    return direction.map((value) => value * size);
  },
  round: roundedWithin,
};

function length(change: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < change.length; at++) sum += change[at] * change[at];
  return Math.sqrt(sum);
}

/**
 * Cuts decimals off, which makes no change larger, and then makes the samples that lost most one level larger, as many as
 * the radius allows. So a change of less than a level at every sample becomes one of a whole level at those where it counts most.
 */
function roundedWithin(change: ArrayLike<number>, radius: number): Int16Array {
  const whole = Int16Array.from(change, Math.trunc);
  let room = radius ** 2 - whole.reduce((sum, value) => sum + value ** 2, 0);
  const lost = Float64Array.from(change, (value, at) => Math.abs(value - whole[at]));
  const order = Array.from(lost.keys())
    .filter((at) => lost[at] > 0)
    .sort((a, b) => lost[b] - lost[a] || a - b);
  for (const at of order) {
    const cost = 2 * Math.abs(whole[at]) + 1;
    if (cost > room) continue;
    whole[at] += Math.sign(change[at]);
    room -= cost;
  }
  return whole;
}
