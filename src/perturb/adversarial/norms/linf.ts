import type { Norm } from './norm.js';

/** The largest change of a sample. */
export const linf: Norm = {
  summary: 'the largest change of a sample',
  length: (change) => {
    let largest = 0;
    for (let at = 0; at < change.length; at++) largest = Math.max(largest, Math.abs(change[at]));
    return largest;
  },
  project: (change, radius) => {
    for (let at = 0; at < change.length; at++) change[at] = Math.min(Math.max(change[at], -radius), radius);
  },
  steepest: (gradient, length) => Float32Array.from(gradient, (value) => length * Math.sign(value)),
  random: (count, radius, random) =>
    Float32Array.from({ length: count }, () => random.uniform(-radius, radius)),
  round: (change, radius) => {
    const most = Math.floor(radius);
    return Int16Array.from(change, (value) => {
      const size = Math.min(Math.round(Math.abs(value)), most);
      return value < 0 ? -size : size;
    });
  },
};
