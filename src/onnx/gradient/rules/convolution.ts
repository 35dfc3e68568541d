import { attribute, int, ints, string } from '../../attributes.js';
import type { Attributes, Node } from '../../graph.js';
import type { Context } from '../context.js';
import { kernelGradient } from '../kernel-gradient.js';
import { Refusal, type Rule } from '../rule.js';
import { convolutionWindow, splitPadding, unpaddedWindow, type Window } from '../window.js';

/** y = x ∗ W + b. The adjoint of a convolution in x is the transposed convolution with the same kernel. */
const conv: Rule = ({ node, x, y, g }, context) => {
  const weights = node.inputs[1];
  const group = int(node, 'group', 1);
  const window = () => convolutionWindow(node, x, context.lengths(weights, 2), context);
  return [
    () => adjointOfConv(g, x, weights, window(), group, context),
    () => kernelGradient({ value: x, like: x }, { value: g, like: y }, weights, window(), group, context),
    () => context.perChannel(g, y),
  ];
};

function adjointOfConv(
  g: string,
  x: string,
  weights: string,
  window: Window,
  group: number,
  context: Context,
): string {
  const { kernel, strides, extents, pads } = window;
  const spatial = kernel.map((_, i) => i + 2);
  // What the last, incomplete step of the window left over at the end of the padded input.
  const rests = kernel.map((_, i) => {
    const length = strides[i] === 1 ? extents[i] : context.shape(x)[i + 2];
    if (typeof length !== 'number') return undefined;
    return (length + pads[i] + pads[i + kernel.length] - extents[i]) % strides[i];
  });
  const whole = context.op('ConvTranspose', [g, weights], {
    ...windowAttributes(window, group),
    output_padding: attribute.ints(rests.map((rest, i) => (strides[i] === 1 ? 0 : (rest ?? strides[i] - 1)))),
  });
  const open = spatial.filter((_, i) => strides[i] > 1 && rests[i] === undefined);
  if (open.length === 0) return whole;
  return context.op('Slice', [
    whole,
    context.ints(open.map(() => 0)),
    context.sizes(x, open),
    context.ints(open),
  ]);
}

/** y = x ∗ᵀ W + b. Its adjoint in x is the convolution with the same kernel. */
const convTranspose: Rule = ({ node, x, y, g }, context) => {
  const weights = node.inputs[1];
  const group = int(node, 'group', 1);
  const window = () => transposedWindow(node, x, y, context);
  return [
    () => context.op('Conv', [g, weights], windowAttributes(window(), group)),
    () => kernelGradient({ value: g, like: y }, { value: x, like: x }, weights, window(), group, context),
    () => context.perChannel(g, y),
  ];
};

function transposedWindow(node: Node, x: string, y: string, context: Context): Window {
  const window = unpaddedWindow(node, context.lengths(node.inputs[1], 2));
  const { kernel, strides, extents } = window;
  const extra = ints(
    node,
    'output_padding',
    kernel.map(() => 0),
  );
  if (extra.some((length, i) => length >= strides[i])) throw new Refusal('output_padding of a whole stride');
  const mode = string(node, 'auto_pad', 'NOTSET');
  const none = [...kernel, ...kernel].map(() => 0);
  if (mode === 'VALID') return { ...window, pads: none };
  if (mode === 'NOTSET' && ints(node, 'output_shape') === undefined) {
    return { ...window, pads: ints(node, 'pads', none) };
  }
  const [inputs, outputs] = [context.lengths(x, 2), context.lengths(y, 2)];
  const totals = kernel.map((_, i) => strides[i] * (inputs[i] - 1) + extra[i] + extents[i] - outputs[i]);
  if (totals.some((total) => total < 0)) throw new Refusal('an output beyond the reach of its kernels');
  return { ...window, pads: splitPadding(totals, mode) };
}

function windowAttributes({ kernel, strides, dilations, pads }: Window, group: number): Attributes {
  return {
    kernel_shape: attribute.ints(kernel),
    strides: attribute.ints(strides),
    dilations: attribute.ints(dilations),
    pads: attribute.ints(pads),
    group: attribute.int(group),
  };
}

export const convolution = { Conv: conv, ConvTranspose: convTranspose };
