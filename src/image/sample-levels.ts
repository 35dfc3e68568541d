/** The 256 sample values as fractions of the largest: 0 to 1. */
export function unitLevels(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, sample) => sample * (1 / 255));
}

/**
 * The 256 sample values stretched so that the lowest one of an image becomes 0 and the highest 1; all 0 for an image of
 * one value. Values that the image does not hold lie outside.
 */
export function stretchedLevels(samples: Uint8Array): Float64Array {
  let low = 255;
  let high = 0;
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  const unit = unitLevels();
  const range = unit[high] - unit[low];
  return unit.map((level) => (range === 0 ? 0 : (level - unit[low]) / range));
}
