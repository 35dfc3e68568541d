import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import { type CardInput, channelCount } from '../model/card.js';
import { inputLength, inputShape, writeInput } from '../model/write-input.js';
import { elementCount, type Tensor } from '../tensor/tensor.js';

/** One image as a card's network takes it: shape [1, channels, height, width], or as the card's layout says. */
export function networkInput(cv: OpenCv, input: CardInput, image: RasterImage): Tensor {
  const data = new Float32Array(inputLength(input, image));
  writeInput(cv, input, image, data, 0);
  return { data, shape: inputShape(input, 1, image) };
}

/** What a gray image of a level in 0..255 is to the network, one value a channel: (level - mean) / std. */
export function levelInput({ mean, std, ...input }: CardInput, level: number): number[] {
  return Array.from(
    { length: channelCount(input) },
    (_, channel) => (level - mean[mean.length === 1 ? 0 : channel]) / std[std.length === 1 ? 0 : channel],
  );
}

/** What a black image is to the network, one value a channel. */
export function blackInput(input: CardInput): number[] {
  return levelInput(input, 0);
}

/** An input that is one value a channel everywhere. */
export function constantInput(
  { shape }: Tensor,
  layout: CardInput['layout'],
  values: readonly number[],
): Tensor {
  const { width, height, channels } = inputSize(shape, layout);
  const data = Float32Array.from({ length: elementCount(shape) }, (_, at) =>
    layout === 'NCHW' ? values[Math.floor(at / (width * height))] : values[at % channels],
  );
  return { data, shape };
}

/** Width, height and channels of a shape [batch, ...]. */
export function inputSize(
  shape: readonly number[],
  layout: CardInput['layout'],
): { width: number; height: number; channels: number } {
  const [, a, b, c] = shape;
  return layout === 'NCHW' ? { channels: a, height: b, width: c } : { height: a, width: b, channels: c };
}

/** One row of values in a network's layout as a new tensor of shape [height, width, channels]. */
export function channelsLast(
  row: ArrayLike<number>,
  shape: readonly number[],
  layout: CardInput['layout'],
): Tensor {
  const { width, height, channels } = inputSize(shape, layout);
  const pixels = width * height;
  const data = new Float32Array(pixels * channels);
  const [step, plane] = layout === 'NCHW' ? [1, pixels] : [channels, 1];
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0, from = channel * plane, to = channel; pixel < pixels; pixel++) {
      data[to] = row[from];
      from += step;
      to += channels;
    }
  }
  return { data, shape: [height, width, channels] };
}

/** Which pixel, in rows from the top, an element of one row of a network's input belongs to. */
export function pixelOfElement(
  shape: readonly number[],
  layout: CardInput['layout'],
): (element: number) => number {
  const { width, height, channels } = inputSize(shape, layout);
  return layout === 'NCHW'
    ? (element) => element % (width * height)
    : (element) => Math.floor(element / channels);
}
