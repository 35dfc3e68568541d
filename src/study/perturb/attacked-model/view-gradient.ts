import type { Differentiable } from '../../../explain/differentiable.js';
import { channelsLast } from '../../../explain/network-input.js';
import type { BoundTarget } from '../../../explain/target.js';
import type { RasterImage } from '../../../image/raster-image.js';
import { type CardInput, channelCount } from '../../../model/card.js';
import { inputShape } from '../../../model/write-input.js';
import type { LossGradient } from '../../../perturb/adversarial/loss-gradient.js';
import { elementCount } from '../../../tensor/tensor.js';

/**
 * A target and its gradient by the samples of the network's view, which the card's mean, std, channel order and layout take to
 * the network's input.
 *
 * @param view in the size of the input, with as many channels as it
 */
export function viewGradient(
  network: Differentiable,
  bound: BoundTarget,
  view: Pick<RasterImage, 'width' | 'height'>,
): LossGradient {
  const { input } = network.model.card;
  const shape = inputShape(input, 1, view);
  const channels = channelCount(input);
  const scales = Array.from({ length: channels }, (_, channel) => channelScale(input, channel));
  const pixels = view.width * view.height;
  const [step, plane] = input.layout === 'NCHW' ? [1, pixels] : [channels, 1];
  /** The network's channel of a channel of the view. */
  const order = (channel: number) => (input.channels === 'BGR' ? channels - 1 - channel : channel);

  return async (samples) => {
    const data = new Float32Array(elementCount(shape));
    for (let channel = 0; channel < channels; channel++) {
      const { mean, std } = scales[order(channel)];
      for (let pixel = 0, to = order(channel) * plane; pixel < pixels; pixel++, to += step) {
        data[to] = (samples[pixel * channels + channel] - mean) / std;
      }
    }
    const images = { data, shape };
    const [values] = await network.forward(images);
    const row = await network.backward(images, [bound.gradient(values, values)]);
    const { data: byInput } = channelsLast(row.data, shape, input.layout);
    const gradient = new Float32Array(samples.length);
    for (let at = 0; at < gradient.length; at++) {
      const channel = order(at % channels);
      gradient[at] = byInput[at - (at % channels) + channel] / scales[channel].std;
    }
    return { value: bound.value(values, values), gradient };
  };
}

function channelScale({ mean, std }: CardInput, channel: number): { mean: number; std: number } {
  return { mean: mean[mean.length === 1 ? 0 : channel], std: std[std.length === 1 ? 0 : channel] };
}
