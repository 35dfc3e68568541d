import type { Head } from './head.js';
import { averagePlaces, convolution, dense } from './layers.js';

/**
 * Three convolutions over the map, then pooling: where the map rises and falls counts, and not only its mean, which is all that
 * is left of a depth map of one channel after pooling.
 */
export const depthMap: Head = {
  words: 'the map kept: convolutions of 16, 32 and 32 channels (3x3, ReLU), pooling, sigmoid',
  pooled: false,
  build(builder, { name, shape }, outputs, random) {
    const layer = (x: string, channels: readonly [number, number], stride: number, nth: number) =>
      builder.node('Relu', [convolution(builder, x, channels, stride, random, `head.conv${nth}`)]);
    const first = layer(name, [shape[0], 16], 1, 1);
    const second = layer(first, [16, 32], 2, 2);
    const third = layer(second, [32, 32], 2, 3);
    return dense(builder, averagePlaces(builder, third), [32, outputs], random, 'head.logits');
  },
};
