import { toGray, toRgb } from '../image/gray.js';
import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import { channelCount } from './card.js';
import type { CardInput } from './card.js';
import { resizeToInput } from './resize-to-input.js';

/**
 * Writes one image into a batch as a card's network wants it: resized, in the card's channel order (gray by BT.601 as
 * OpenCV does it), `(sample - mean) / std`, in the card's layout. Cropping comes before and is not done here.
 * @param image RGB or gray, of any size.
 * @param into the batch: rows of `inputLength` elements.
 * @param row which row of the batch to write.
 */
export function writeInput(
  cv: OpenCv,
  input: CardInput,
  image: RasterImage,
  into: Float32Array,
  row: number,
): void {
  const resized = resizeToInput(cv, input, image);
  const { data, width, height } = input.channels === 'gray' ? toGray(resized) : toRgb(resized);
  const channels = channelCount(input);
  const pixels = width * height;
  const start = row * pixels * channels;
  if (start + pixels * channels > into.length) {
    throw new RangeError(`row ${row} of ${pixels * channels} elements does not fit into ${into.length}`);
  }
  const planar = input.layout === 'NCHW';
  const step = planar ? 1 : channels;
  for (let channel = 0; channel < channels; channel++) {
    const source = input.channels === 'BGR' ? channels - 1 - channel : channel;
    const table = sampleTable(input, channel);
    let target = start + (planar ? channel * pixels : channel);
    for (let at = source; at < data.length; at += channels, target += step) into[target] = table[data[at]];
  }
}

/** Elements of one row of the batch for an image of this size. */
export function inputLength(input: CardInput, image: Pick<RasterImage, 'width' | 'height'>): number {
  return channelCount(input) * (input.width ?? image.width) * (input.height ?? image.height);
}

/** Shape of a batch of `rows` images, in the card's layout. */
export function inputShape(
  input: CardInput,
  rows: number,
  image: Pick<RasterImage, 'width' | 'height'>,
): number[] {
  const [width, height] = [input.width ?? image.width, input.height ?? image.height];
  const channels = channelCount(input);
  return input.layout === 'NCHW' ? [rows, channels, height, width] : [rows, height, width, channels];
}

/** What each of the 256 samples becomes. */
function sampleTable({ mean, std }: CardInput, channel: number): Float32Array {
  const [centre, spread] = [mean, std].map((values) => values[values.length === 1 ? 0 : channel]);
  return Float32Array.from({ length: 256 }, (_, sample) => (sample - centre) / spread);
}
