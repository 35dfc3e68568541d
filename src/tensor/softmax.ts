/** Softmax of a row of logits, in float64 and safe against overflow. The results add up to 1. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const result = Float64Array.from(logits);
  const largest = result.reduce((a, b) => Math.max(a, b), -Infinity);
  let sum = 0;
  for (let at = 0; at < result.length; at++) sum += result[at] = Math.exp(result[at] - largest);
  for (let at = 0; at < result.length; at++) result[at] /= sum;
  return result;
}
