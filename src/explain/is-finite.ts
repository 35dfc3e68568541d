/** Whether no value is NaN or infinite. */
export function isFinite(values: Float32Array): boolean {
  // NaN and infinities times 0 are NaN, so one sum tells.
  let sum = 0;
  for (const value of values) sum += value * 0;
  return sum === 0;
}
