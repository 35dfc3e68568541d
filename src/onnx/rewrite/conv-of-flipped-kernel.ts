import { attribute, int, ints, string } from '../attributes.js';
import { Constant } from '../constant.js';
import type { Node } from '../graph.js';
import type { Rewrite, RewriteSite } from './rewriter.js';

/**
 * A transposed convolution of stride 1 is a convolution with the kernel turned by 180°, in- and output channels of each
 * group exchanged, and the padding dilation · (k - 1) - p. ONNX Runtime has a blocked layout and kernels of its own for
 * Conv, also for the depthwise and the 1x1 one, but not for ConvTranspose.
 */
export const convOfFlippedKernel: Rewrite = (node, site) => {
  if (node.opType !== 'ConvTranspose' || string(node, 'auto_pad', 'NOTSET') !== 'NOTSET') return;
  const weights = site.facts.get(node.inputs[1]);
  const shape = weights?.shape?.filter((length) => typeof length === 'number');
  if (weights?.elementType !== 'float32' || shape?.length !== weights.shape?.length) return;
  const kernel = shape!.slice(2);
  const ones = kernel.map(() => 1);
  const zeros = [...kernel, ...kernel].map(() => 0);
  const dilations = ints(node, 'dilations', ones);
  const padding = ints(node, 'pads', zeros);
  const isPlain =
    ints(node, 'strides', ones).every((stride) => stride === 1) &&
    ints(node, 'output_padding', zeros).every((extra) => extra === 0) &&
    ints(node, 'output_shape') === undefined;
  const pads = padding.map((pad, i) => dilations[i % kernel.length] * (kernel[i % kernel.length] - 1) - pad);
  if (!isPlain || pads.some((pad) => pad < 0)) return;
  const group = int(node, 'group', 1);
  const flipped = flippedWeights(node, shape!, group, site);
  if (flipped === undefined) return;
  site.replace('Conv', [node.inputs[0], flipped, ...node.inputs.slice(2)], {
    kernel_shape: attribute.ints(kernel),
    dilations: attribute.ints(dilations),
    pads: attribute.ints(pads),
    group: attribute.int(group),
  });
};

/** The flipped kernel; of weights that are fed, as in training, it is computed, unless their groups are several channels each. */
function flippedWeights(
  node: Node,
  [channels, , ...kernel]: readonly number[],
  group: number,
  site: RewriteSite,
): string | undefined {
  const weights = node.inputs[1];
  const constant = site.constant(weights);
  if (constant !== undefined) return site.store(flippedKernel(constant, group));
  if (group !== 1 && group !== channels) return undefined;
  const spatial = kernel.map((_, i) => i + 2);
  const exchanged =
    group === 1 ? site.op('Transpose', [weights], { perm: attribute.ints([1, 0, ...spatial]) }) : weights;
  if (kernel.every((length) => length === 1)) return exchanged;
  const list = (values: readonly number[]) => site.store(Constant.int64(values));
  return site.op('Slice', [
    exchanged,
    list(kernel.map(() => -1)),
    list(kernel.map((length) => -length - 1)),
    list(spatial),
    list(kernel.map(() => -1)),
  ]);
}

/** [C, O/g, k...] becomes [O, C/g, k...], and each kernel is read from its end. */
export function flippedKernel(weights: Constant, group: number): Constant {
  const [channels, outputsPerGroup, ...kernel] = weights.shape;
  const perGroup = channels / group;
  const size = kernel.reduce((product, length) => product * length, 1);
  const source = weights.float32();
  const result = new Float32Array(source.length);
  for (let g = 0; g < group; g++) {
    for (let o = 0; o < outputsPerGroup; o++) {
      for (let c = 0; c < perGroup; c++) {
        const from = ((g * perGroup + c) * outputsPerGroup + o) * size;
        const to = ((g * outputsPerGroup + o) * perGroup + c) * size;
        for (let i = 0; i < size; i++) result[to + i] = source[from + size - 1 - i];
      }
    }
  }
  return Constant.float32(result, [group * outputsPerGroup, perGroup, ...kernel]);
}
