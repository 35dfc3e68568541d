import { attribute, Constant, type GraphBuilder } from '../../onnx/index.js';
import type { RandomState } from '../../tensor/random.js';

/** x W + b with a matrix [inputs, outputs] of He's normal distribution (He et al., ICCV 2015, equation 10) and b = 0. */
export function dense(
  builder: GraphBuilder,
  x: string,
  [inputs, outputs]: readonly [number, number],
  random: RandomState,
  name: string,
): string {
  const spread = Math.sqrt(2 / inputs);
  const matrix = Float32Array.from({ length: inputs * outputs }, () => spread * random.normal());
  return builder.node(
    'Gemm',
    [
      x,
      builder.constant(Constant.float32(matrix, [inputs, outputs]), `${name}.weight`),
      builder.constant(Constant.float32(new Float32Array(outputs)), `${name}.bias`),
    ],
    {},
    { name },
  );
}

/** A convolution of 3x3 with a border of one pixel, He's normal distribution, no bias at first. */
export function convolution(
  builder: GraphBuilder,
  x: string,
  [inputs, outputs]: readonly [number, number],
  stride: number,
  random: RandomState,
  name: string,
): string {
  const spread = Math.sqrt(2 / (9 * inputs));
  const kernel = Float32Array.from({ length: outputs * inputs * 9 }, () => spread * random.normal());
  return builder.node(
    'Conv',
    [
      x,
      builder.constant(Constant.float32(kernel, [outputs, inputs, 3, 3]), `${name}.weight`),
      builder.constant(Constant.float32(new Float32Array(outputs)), `${name}.bias`),
    ],
    {
      kernel_shape: attribute.ints([3, 3]),
      strides: attribute.ints([stride, stride]),
      pads: attribute.ints([1, 1, 1, 1]),
    },
    { name },
  );
}

/** The mean over the places of a map, [images, channels]. */
export function averagePlaces(builder: GraphBuilder, x: string): string {
  return builder.node('Flatten', [builder.node('GlobalAveragePool', [x])], { axis: attribute.int(1) });
}
