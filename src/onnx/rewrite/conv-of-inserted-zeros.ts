import { attribute, int, ints, string } from '../attributes.js';
import { Constant } from '../constant.js';
import type { Dimension } from '../graph.js';
import { flippedKernel } from './conv-of-flipped-kernel.js';
import type { Rewrite, RewriteSite } from './rewriter.js';

/**
 * A depthwise transposed convolution of a larger stride, as it is in its definition: zeros put between the places, and a
 * convolution of stride 1 with the kernel turned. Every place is repeated over its stride, and a mask keeps one of the
 * copies. ONNX Runtime computes a ConvTranspose outside of its blocked layout, and a depthwise one channel by channel; all
 * of these it computes inside.
 *
 * Only of what comes from a seed, for a product with 0 does not keep an infinite value out.
 */
export const convOfInsertedZeros: Rewrite = (node, site) => {
  const [g, kernelName] = node.inputs;
  if (node.opType !== 'ConvTranspose' || node.inputs.length > 2 || !site.fromSeeds.has(g)) return;
  const weights = site.constant(kernelName);
  const [batch, channels, ...lengths] = site.shape(g) ?? [];
  const isDepthwise = weights?.shape[1] === 1 && int(node, 'group', 1) === channels && lengths.length === 2;
  if (
    weights?.elementType !== 'float32' ||
    !isDepthwise ||
    !lengths.every((each) => typeof each === 'number')
  )
    return;
  if (string(node, 'auto_pad', 'NOTSET') !== 'NOTSET' || ints(node, 'output_shape') !== undefined) return;

  const kernel = weights.shape.slice(2);
  const strides = ints(node, 'strides', [1, 1]);
  const dilations = ints(node, 'dilations', [1, 1]);
  const padding = ints(node, 'pads', [0, 0, 0, 0]);
  const extra = ints(node, 'output_padding', [0, 0]);
  const reach = kernel.map((length, i) => dilations[i] * (length - 1));
  // The zeros behind the last place count as padding.
  const pads = [
    ...reach.map((length, i) => length - padding[i]),
    ...reach.map((length, i) => length - padding[i + 2] + extra[i] - (strides[i] - 1)),
  ];
  if (strides.every((stride) => stride === 1) || pads.some((pad) => pad < 0)) return;
  const mask = maskOfFirsts(batch, channels, lengths, strides, site);
  if (mask === undefined) return;
  const scales = site.store(Constant.float32([1, 1, ...strides]));
  const repeated = site.op('Resize', [g, '', scales], {
    mode: attribute.string('nearest'),
    coordinate_transformation_mode: attribute.string('asymmetric'),
    nearest_mode: attribute.string('floor'),
  });
  const inserted = site.op('Mul', [repeated, mask]);
  site.replace('Conv', [inserted, site.store(flippedKernel(weights, channels))], {
    kernel_shape: attribute.ints(kernel),
    dilations: attribute.ints(dilations),
    pads: attribute.ints(pads),
    group: attribute.int(channels),
  });
};

/**
 * 1 at the first place of every stride and 0 at the others, in the blocked layout: a convolution of one channel makes it of
 * a plane, which must not be a constant, or it would be folded into one, and come in the wrong layout. So the plane is
 * multiplied with a 1 that is made of the images; they also say how many rows there are.
 */
function maskOfFirsts(
  batch: Dimension,
  channels: number,
  lengths: readonly number[],
  strides: readonly number[],
  site: RewriteSite,
): string | undefined {
  const images = site.graph.inputs.find(
    ({ elementType, shape }) =>
      elementType === 'float32' && shape?.length === 4 && shape[0] === batch && batch !== null,
  );
  if (images === undefined) return undefined;
  const key = [images.name, channels, ...lengths, ...strides].join();
  return site.once(`mask of firsts ${key}`, () => {
    const ones = site.once(`ones for ${images.name}`, () => {
      const list = (values: readonly number[]) => site.store(Constant.int64(values));
      const first = site.op('Slice', [images.name, list([0, 0, 0]), list([1, 1, 1]), list([1, 2, 3])]);
      const one = site.store(Constant.float32([1], []));
      return site.op('Clip', [first, one, one]);
    });
    const [height, width] = lengths.map((length, i) => length * strides[i]);
    const plane = Float32Array.from({ length: height * width }, (_, at) =>
      Math.floor(at / width) % strides[0] === 0 && (at % width) % strides[1] === 0 ? 1 : 0,
    );
    const planes = site.op('Mul', [ones, site.store(Constant.float32(plane, [1, 1, height, width]))]);
    const weights = Constant.float32(new Float32Array(channels).fill(1), [channels, 1, 1, 1]);
    return site.op('Conv', [planes, site.store(weights)], { kernel_shape: attribute.ints([1, 1]) });
  });
}
