import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { transposed } from '../../transposed.js';
import { Unsupported } from '../../unsupported.js';
import type { Converters } from './converter.js';
import { windowAttributes } from './window-attributes.js';

export const convolution: Converters = {
  CONV_2D: conv,
  DEPTHWISE_CONV_2D: depthwiseConv,
  TRANSPOSE_CONV: transposeConv,
};

/** TFLite keeps filters as [out, height, width, in]; the groups follow from the number of input channels. */
function conv(operator: TfliteOperator, graph: ImportGraph): void {
  const [input, filter] = operator.inputs;
  const [, height, width, channels] = graph.shape(filter);
  const { options } = operator;
  const window = windowAttributes(graph, input, {
    padding: options?.int8(0) ?? 0,
    kernel: [height, width],
    strides: [options?.int32(2) ?? 1, options?.int32(1) ?? 1],
    dilations: [options?.int32(5, 1) ?? 1, options?.int32(4, 1) ?? 1],
  });
  const group = attribute.int(graph.shape(input)[3] / channels);
  const weights = reordered(graph, filter, [0, 3, 1, 2]);
  addConv(operator, graph, weights, { ...window, group }, options?.int8(3) ?? 0);
}

/** TFLite keeps depthwise filters as [1, height, width, out]; every input channel is a group. */
function depthwiseConv(operator: TfliteOperator, graph: ImportGraph): void {
  const [input, filter] = operator.inputs;
  const [, height, width] = graph.shape(filter);
  const { options } = operator;
  const window = windowAttributes(graph, input, {
    padding: options?.int8(0) ?? 0,
    kernel: [height, width],
    strides: [options?.int32(2) ?? 1, options?.int32(1) ?? 1],
    dilations: [options?.int32(6, 1) ?? 1, options?.int32(5, 1) ?? 1],
  });
  const group = attribute.int(graph.shape(input)[3]);
  const weights = reordered(graph, filter, [3, 0, 1, 2]);
  addConv(operator, graph, weights, { ...window, group }, options?.int8(4) ?? 0);
}

function addConv(
  { inputs: [input, , bias = -1], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
  weights: string,
  attributes: Attributes,
  activation: number,
): void {
  const optional = bias < 0 ? [] : [graph.name(bias, 'plain')];
  const inputs = [graph.name(input, 'channelsFirst'), weights, ...optional];
  graph.compute(output, 'channelsFirst', 'Conv', inputs, attributes, activation);
}

/** The filter is [out, height, width, in]; the first input gives the output's shape. */
function transposeConv(operator: TfliteOperator, graph: ImportGraph): void {
  const [, filter, input, bias = -1] = operator.inputs;
  const [output] = operator.outputs;
  if (graph.anySize) throw new Unsupported('a transposed convolution for any input size');
  const kernel = graph.shape(filter).slice(1, 3);
  const strides = [operator.options?.int32(2) ?? 1, operator.options?.int32(1) ?? 1];
  const [before, after, extra] = [
    [0, 0],
    [0, 0],
    [0, 0],
  ];
  for (const axis of [0, 1]) {
    const [length, wanted] = [graph.shape(input)[axis + 1], graph.shape(output)[axis + 1]];
    const surplus = (length - 1) * strides[axis] + kernel[axis] - wanted;
    before[axis] = Math.max(0, Math.floor(surplus / 2));
    after[axis] = Math.max(0, surplus) - before[axis];
    extra[axis] = Math.max(0, -surplus);
  }
  const attributes = {
    kernel_shape: attribute.ints(kernel),
    strides: attribute.ints(strides),
    pads: attribute.ints([...before, ...after]),
    output_padding: attribute.ints(extra),
  };
  const optional = bias < 0 ? [] : [graph.name(bias, 'plain')];
  const inputs = [graph.name(input, 'channelsFirst'), reordered(graph, filter, [3, 0, 1, 2]), ...optional];
  graph.compute(output, 'channelsFirst', 'ConvTranspose', inputs, attributes, operator.options?.int8(3) ?? 0);
}

/** A filter with its axes in the order that ONNX wants. */
function reordered(graph: ImportGraph, filter: number, order: readonly number[]): string {
  const constant: Constant | undefined = graph.constant(filter);
  if (constant !== undefined) return graph.add(transposed(constant, order), graph.tensor(filter).name);
  return graph.builder.node('Transpose', [graph.name(filter, 'plain')], { perm: attribute.ints(order) });
}
