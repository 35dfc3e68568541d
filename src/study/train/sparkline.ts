const bars = '▁▂▃▄▅▆▇█';

/** A curve as a line of at most `width` bars, each the mean of its part of the values, from the lowest of them to the highest. */
export function sparkline(values: readonly number[], width = 16): string {
  const count = Math.min(width, values.length);
  const parts = Array.from({ length: count }, (_, at) => {
    const part = values.slice(
      Math.floor((at * values.length) / count),
      Math.floor(((at + 1) * values.length) / count),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const [low, high] = [Math.min(...parts), Math.max(...parts)];
  return parts
    .map((value) => bars[high === low ? 0 : Math.round(((value - low) / (high - low)) * (bars.length - 1))])
    .join('');
}
