import type { CardInput } from '../model/card.js';
import type { Tensor } from '../tensor/tensor.js';
import { inputSize } from './network-input.js';

/** An image as the network takes it, and what its pixels become where they are hidden. */
export interface MaskableInput {
  readonly image: Tensor;
  /** Of the same shape. */
  readonly hidden: Tensor;
}

/** Writes an image with some segments hidden: each pixel is looked up in the one input or the other. */
export function segmentMasker(
  { image, hidden }: MaskableInput,
  layout: CardInput['layout'],
  labels: Int32Array,
): (mask: Uint8Array, into: Float32Array) => void {
  const [shown, covered] = [image.data, hidden.data];
  const { planes, step } = planesOf(image, layout);
  return (mask, into) => {
    for (let plane = 0, at = 0; plane < planes; plane++) {
      for (let pixel = 0; pixel < labels.length; pixel++) {
        const from = mask[labels[pixel]] === 1 ? shown : covered;
        for (const end = at + step; at < end; at++) into[at] = from[at];
      }
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

function planesOf({ shape }: Tensor, layout: CardInput['layout']): { planes: number; step: number } {
  const { channels } = inputSize(shape, layout);
  return layout === 'NCHW' ? { planes: channels, step: 1 } : { planes: 1, step: channels };
}
