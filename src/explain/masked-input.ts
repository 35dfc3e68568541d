import type { CardInput } from '../model/card.js';
import type { Tensor } from '../tensor/tensor.js';
import { inputSize, pixelOfElement } from './network-input.js';

/** An image as the network takes it, and what its pixels become where they are hidden. */
export interface MaskableInput {
  readonly image: Tensor;
  /** Of the same shape. */
  readonly hidden: Tensor;
}

/** Writes an image with some segments hidden: the pixels of those are copied from the other input. */
export function segmentMasker(
  { image, hidden }: MaskableInput,
  layout: CardInput['layout'],
  labels: Int32Array,
): (mask: Uint8Array, into: Float32Array) => void {
  const runs = segmentRuns(image, layout, labels);
  const covered = hidden.data;
  return (mask, into) => {
    into.set(image.data);
    for (let run = 0; run < runs.length; run += 3) {
      if (mask[runs[run]] === 1) continue;
      for (let at = runs[run + 1], end = runs[run + 2]; at < end; at++) into[at] = covered[at];
    }
  };
}

/** Writes an image that shows through a mask of one opacity in 0..1 a pixel. */
export function softMasker(
  { image, hidden }: MaskableInput,
  layout: CardInput['layout'],
): (mask: Float32Array, into: Float32Array) => void {
  const [shown, covered] = [image.data, hidden.data];
  const { planes, step } = planesOf(image, layout);
  return (mask, into) => {
    for (let plane = 0, at = 0; plane < planes; plane++) {
      for (let pixel = 0; pixel < mask.length; pixel++) {
        const opacity = mask[pixel];
        for (const end = at + step; at < end; at++)
          into[at] = covered[at] + opacity * (shown[at] - covered[at]);
      }
    }
  };
}

/** Stretches of an input that lie in one segment: its number, where the stretch begins, and where it has ended. */
function segmentRuns({ data, shape }: Tensor, layout: CardInput['layout'], labels: Int32Array): Int32Array {
  const pixelOf = pixelOfElement(shape, layout);
  const segmentOf = (element: number) => labels[pixelOf(element)];
  const runs: number[] = [];
  for (let start = 0, end = 0; start < data.length; start = end) {
    const segment = segmentOf(start);
    do end++;
    while (end < data.length && segmentOf(end) === segment);
    runs.push(segment, start, end);
  }
  return Int32Array.from(runs);
}

function planesOf({ shape }: Tensor, layout: CardInput['layout']): { planes: number; step: number } {
  const { channels } = inputSize(shape, layout);
  return layout === 'NCHW' ? { planes: channels, step: 1 } : { planes: 1, step: channels };
}
