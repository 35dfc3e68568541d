/** An image cut into segments: every pixel belongs to exactly one. */
export interface Segmentation {
  readonly width: number;
  readonly height: number;
  /** The segment of each pixel, rows from the top: 0 to `count - 1`, none of them without a pixel. */
  readonly labels: Int32Array;
  readonly count: number;
}

/** The number of pixels of each segment. */
export function segmentAreas({ labels, count }: Segmentation): Int32Array {
  const areas = new Int32Array(count);
  for (const label of labels) areas[label]++;
  return areas;
}

/**
 * Gives every pixel the value of its segment: weights become a map, ones and zeros a mask.
 *
 * @param values one a segment
 * @param into is filled and returned; a new map where it is not given. A `Uint8Array` takes values as they are
 */
export function paintSegments<Map extends Float32Array | Float64Array | Uint8Array = Float32Array>(
  { labels, count }: Segmentation,
  values: ArrayLike<number>,
  into: Map = new Float32Array(labels.length) as Map,
): Map {
  if (values.length !== count) throw new RangeError(`${values.length} values for ${count} segments.`);
  if (into.length !== labels.length) throw new RangeError('The map and the segmentation differ in size.');
  for (let pixel = 0; pixel < labels.length; pixel++) into[pixel] = values[labels[pixel]];
  return into;
}
