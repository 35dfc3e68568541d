import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ChannelsLastGraph, Layout, Value } from '../../channels-last/channels-last-graph.js';
import { Unsupported } from '../../unsupported.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converters } from './converter.js';

export const selection: Converters = {
  ConcatV2: (node, inputs, graph) =>
    concat(node, inputs.slice(0, -1), graph.numbers(inputs.at(-1)!)[0], graph),
  Concat: (node, [axis, ...inputs], graph) => concat(node, inputs, graph.numbers(axis)[0], graph),
  Pack: pack,
  Unpack: unpack,
  Split: (node, [axis, input], graph) => split(node, input, graph.numbers(axis)[0], undefined, graph),
  SplitV: (node, [input, sizes, axis], graph) =>
    split(node, input, graph.numbers(axis)[0], graph.numbers(sizes), graph),
  Slice: slice,
  StridedSlice: stridedSlice,
  GatherV2: gather,
  Pad: pad,
  PadV2: pad,
  MirrorPad: mirrorPad,
};

function concat(node: TfjsNode, inputs: readonly Value[], along: number, graph: ChannelsLastGraph): Value {
  const order = graph.layoutOf(...inputs);
  const axis = attribute.int(graph.axis(inputs[0], along, order));
  return graph.compute(node.name, order, 'Concat', graph.names(inputs, order), { axis });
}

function pack(node: TfjsNode, inputs: readonly Value[], graph: ChannelsLastGraph): Value {
  const given = node.int('axis', 0);
  const axis = given < 0 ? given + graph.rank(inputs[0]) + 1 : given;
  const axes = graph.store(Constant.int64([axis]), 'axes');
  const parts = inputs.map((input) => graph.node('Unsqueeze', [graph.name(input, 'plain'), axes]));
  return graph.compute(node.name, 'plain', 'Concat', parts, { axis: attribute.int(axis) });
}

function unpack(node: TfjsNode, [input]: readonly Value[], graph: ChannelsLastGraph): readonly Value[] {
  const axis = graph.axis(input, node.int('axis', 0), 'plain');
  const x = graph.name(input, 'plain');
  return Array.from({ length: graph.length(input, axis) }, (_, i) => {
    const index = graph.store(Constant.scalar(i, 'int64'), 'index');
    return graph.compute(node.name, 'plain', 'Gather', [x, index], { axis: attribute.int(axis) });
  });
}

function split(
  node: TfjsNode,
  input: Value,
  along: number,
  sizes: readonly number[] | undefined,
  graph: ChannelsLastGraph,
): readonly Value[] {
  const order = graph.layoutOf(input);
  const axis = attribute.int(graph.axis(input, along, order));
  const length = graph.length(input, graph.axis(input, along, 'plain'));
  const given = sizes ?? Array<number>(node.int('num_split', 1)).fill(length / node.int('num_split', 1));
  const known = given.filter((size) => size >= 0).reduce((a, b) => a + b, 0);
  const lengths = given.map((size) => (size < 0 ? length - known : size));
  const inputs = [graph.name(input, order), graph.store(Constant.int64(lengths), 'sizes')];
  return graph.computeAll(node.name, lengths.length, order, 'Split', inputs, { axis });
}

interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** "To the end", in ONNX. */
const end = 2 ** 63;

/** The cuts that leave something out. */
function realCuts(graph: ChannelsLastGraph, input: Value, cuts: readonly Cut[]): readonly Cut[] {
  const shape = graph.shape(input);
  return cuts.filter(({ axis, start, end: stop, step }) => {
    const length = shape[axis];
    return start !== 0 || step !== 1 || stop < (typeof length === 'number' ? length : 2 ** 31 - 1);
  });
}

function sliceInputs(
  graph: ChannelsLastGraph,
  input: Value,
  cuts: readonly Cut[],
  order: Layout,
): readonly string[] {
  const list = (of: (cut: Cut) => number) => graph.store(Constant.int64(cuts.map(of)), 'slice');
  return [
    graph.name(input, order),
    list((cut) => cut.start),
    list((cut) => cut.end),
    list((cut) => graph.axis(input, cut.axis, order)),
    list((cut) => cut.step),
  ];
}

function cut(node: TfjsNode, input: Value, cuts: readonly Cut[], graph: ChannelsLastGraph): Value {
  const real = realCuts(graph, input, cuts);
  if (real.length === 0) return input;
  const order = graph.layoutOf(input);
  return graph.compute(node.name, order, 'Slice', sliceInputs(graph, input, real, order));
}

function slice(node: TfjsNode, [input, begin, size]: readonly Value[], graph: ChannelsLastGraph): Value {
  const sizes = graph.numbers(size);
  const cuts = graph.numbers(begin).map((start, axis): Cut => {
    return { axis, start, end: sizes[axis] < 0 ? end : start + sizes[axis], step: 1 };
  });
  return cut(node, input, cuts, graph);
}

/** As in Python, with bits that say which ends are open and which axes are dropped. */
function stridedSlice(node: TfjsNode, [input, ...ranges]: readonly Value[], graph: ChannelsLastGraph): Value {
  const [starts, ends, steps] = ranges.map((range) => graph.numbers(range));
  if (node.int('ellipsis_mask', 0) !== 0 || node.int('new_axis_mask', 0) !== 0)
    throw new Unsupported('a slice with an ellipsis or a new axis');
  const has = (mask: string, axis: number) => ((node.int(mask, 0) >> axis) & 1) === 1;
  const cuts = starts.map((start, axis): Cut => {
    if (has('shrink_axis_mask', axis)) return { axis, start, end: start === -1 ? end : start + 1, step: 1 };
    const step = steps[axis];
    const [first, last] = step > 0 ? [0, end] : [end, -end];
    return {
      axis,
      start: has('begin_mask', axis) ? first : start,
      end: has('end_mask', axis) ? last : ends[axis],
      step,
    };
  });
  const dropped = cuts.filter(({ axis }) => has('shrink_axis_mask', axis)).map(({ axis }) => axis);
  if (dropped.length === 0) return cut(node, input, cuts, graph);
  const real = realCuts(graph, input, cuts);
  const sliced =
    real.length === 0
      ? graph.name(input, 'plain')
      : graph.node('Slice', sliceInputs(graph, input, real, 'plain'));
  return graph.compute(node.name, 'plain', 'Squeeze', [sliced, graph.store(Constant.int64(dropped), 'axes')]);
}

function gather(node: TfjsNode, [input, indices, along]: readonly Value[], graph: ChannelsLastGraph): Value {
  if (node.int('batch_dims', 0) !== 0) throw new Unsupported('batch axes');
  const axis = attribute.int(graph.axis(input, graph.numbers(along)[0], 'plain'));
  return graph.compute(node.name, 'plain', 'Gather', graph.names([input, indices], 'plain'), { axis });
}

/** Paddings are [rank, 2] in TensorFlow: before and after each axis. */
function paddings(graph: ChannelsLastGraph, amounts: Value, order: Layout): readonly number[] {
  const numbers = graph.numbers(amounts);
  const pairs = Array.from({ length: numbers.length / 2 }, (_, axis) => [
    numbers[2 * axis],
    numbers[2 * axis + 1],
  ]);
  const ordered = graph.perAxis(pairs, order);
  return [...ordered.map(([before]) => before), ...ordered.map(([, after]) => after)];
}

function pad(
  node: TfjsNode,
  [input, amounts, value]: readonly (Value | undefined)[],
  graph: ChannelsLastGraph,
): Value {
  const order = graph.layoutOf(input!);
  const pads = graph.store(Constant.int64(paddings(graph, amounts!, order)), 'pads');
  const optional =
    value === undefined ? [] : [graph.store(Constant.scalar(graph.numbers(value)[0]), 'value')];
  return graph.compute(node.name, order, 'Pad', [graph.name(input!, order), pads, ...optional]);
}

function mirrorPad(node: TfjsNode, [input, amounts]: readonly Value[], graph: ChannelsLastGraph): Value {
  const order = graph.layoutOf(input);
  const numbers = paddings(graph, amounts, order);
  const symmetric = node.string('mode', 'REFLECT') === 'SYMMETRIC';
  // ONNX has no mode that repeats the border pixel; by one pixel it is the same as repeating the edge.
  if (symmetric && numbers.some((amount) => amount > 1))
    throw new Unsupported('symmetric padding by more than 1');
  const mode = attribute.string(symmetric ? 'edge' : 'reflect');
  const pads = graph.store(Constant.int64(numbers), 'pads');
  return graph.compute(node.name, order, 'Pad', [graph.name(input, order), pads], { mode });
}
