import type { ColourMap } from '../../../image/colour-map/colour-map.js';
import { colourIndex, type ColourScale, rangeScale } from '../../../image/colour-map/colour-scale.js';
import type { OpenCv } from '../../../image/opencv.js';
import { blankImage, type RasterImage } from '../../../image/raster-image.js';
import { resize } from '../../../image/resize.js';
import type { OutputMap } from '../../../model/outputs/output-maps.js';

/** Height of the picture of a map, in pixels; every value is a square. */
const height = 224;
const gap = 8;
const colourChannels = ['red', 'green', 'blue'];

/** Whether a map is an image itself. */
export function isColourImage(channels: readonly string[]): boolean {
  return channels.length === 3 && channels.every((name, at) => name.toLowerCase() === colourChannels[at]);
}

/**
 * What the ends of the colours stand for: 0 and 1 where all values lie between, else the range of the values; half a unit
 * to either side where they are all the same.
 */
export function scaleOfMap(values: Float32Array): ColourScale {
  const range = rangeScale(values);
  if (range.minimum >= 0 && range.maximum <= 1) return { minimum: 0, maximum: 1 };
  if (range.minimum < range.maximum) return range;
  return { minimum: range.minimum - 0.5, maximum: range.maximum + 0.5 };
}

/** A map as a picture: red, green and blue as an image, other channels side by side in the colours of the scale. */
export function mapPicture(
  cv: OpenCv,
  { map, channels }: Pick<OutputMap, 'map' | 'channels'>,
  { table }: ColourMap,
  scale: ColourScale,
): RasterImage {
  const [, rows, columns] = map.shape;
  const pixels = rows * columns;
  const plane = (colour: (pixel: number) => ArrayLike<number>): RasterImage => {
    const data = new Uint8Array(pixels * 3);
    for (let pixel = 0; pixel < pixels; pixel++) data.set(Array.from(colour(pixel)), 3 * pixel);
    const width = Math.max(1, Math.round((height * columns) / rows));
    return resize(cv, { width: columns, height: rows, channels: 3, data }, width, height, 'nearest');
  };
  if (isColourImage(channels)) {
    const range = scale.maximum - scale.minimum;
    return plane((pixel) =>
      [0, 1, 2].map((channel) =>
        Math.round((255 * (map.data[channel * pixels + pixel] - scale.minimum)) / range),
      ),
    );
  }
  return sideBySide(
    channels.map((_, channel) =>
      plane((pixel) => {
        const entry = 3 * colourIndex(map.data[channel * pixels + pixel], scale);
        return table.subarray(entry, entry + 3);
      }),
    ),
  );
}

function sideBySide(images: readonly RasterImage[]): RasterImage {
  const width = images.reduce((sum, image) => sum + image.width + gap, -gap);
  const whole = blankImage(width, height);
  whole.data.fill(255);
  let left = 0;
  for (const image of images) {
    for (let y = 0; y < height; y++) {
      const row = image.data.subarray(3 * y * image.width, 3 * (y + 1) * image.width);
      whole.data.set(row, 3 * (y * width + left));
    }
    left += image.width + gap;
  }
  return whole;
}
