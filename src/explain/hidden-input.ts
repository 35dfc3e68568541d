import type { OpenCv } from '../image/opencv.js';
import type { RasterImage } from '../image/raster-image.js';
import type { Segmentation } from '../image/superpixels/segmentation.js';
import type { CardInput } from '../model/card.js';
import { paintFor } from '../perturb/occlusion/fill.js';
import type { SegmentFill } from '../perturb/segment-fill.js';
import { Problem } from '../problem.js';
import type { Tensor } from '../tensor/tensor.js';
import { constantInput, inputSize, levelInput, networkInput, pixelOfElement } from './network-input.js';

/**
 * The network's input with every pixel hidden.
 * @param view of the size that the network takes.
 * @param segmentation needed for `segment-mean`.
 */
export function hiddenInput(
  cv: OpenCv,
  input: CardInput,
  view: RasterImage,
  fill: SegmentFill,
  segmentation?: Segmentation,
): Tensor {
  const image = networkInput(cv, input, view);
  if (fill === 'gray') return constantInput(image, input.layout, levelInput(input, 127.5));
  if (fill === 'segment-mean') {
    if (segmentation === undefined) {
      throw new Problem('fill segment-mean', 'there are no segments', 'use gray, mean or blur');
    }
    return segmentMeans(image, input.layout, segmentation);
  }
  const paint = paintFor(cv, view, fill);
  if (paint.kind === 'image') return networkInput(cv, input, paint.image);
  const { samples } = paint;
  return networkInput(cv, input, { ...view, data: view.data.map((_, at) => samples[at % samples.length]) });
}

function segmentMeans(
  { data, shape }: Tensor,
  layout: CardInput['layout'],
  { labels, count }: Segmentation,
): Tensor {
  const { channels } = inputSize(shape, layout);
  const pixelOf = pixelOfElement(shape, layout);
  const segmentOf = (element: number) => labels[pixelOf(element)];
  const channelOf = (element: number) =>
    layout === 'NCHW' ? Math.floor(element / labels.length) : element % channels;
  const sums = new Float64Array(count * channels);
  const elements = new Uint32Array(count * channels);
  data.forEach((value, at) => {
    const place = segmentOf(at) * channels + channelOf(at);
    sums[place] += value;
    elements[place]++;
  });
  const means = sums.map((sum, place) => sum / elements[place]);
  return { data: data.map((_, at) => means[segmentOf(at) * channels + channelOf(at)]), shape };
}
