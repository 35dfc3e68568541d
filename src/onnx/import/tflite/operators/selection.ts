import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { Unsupported } from '../unsupported.js';
import type { Converters } from './converter.js';

export const selection: Converters = {
  CONCATENATION: concatenation,
  PACK: pack,
  UNPACK: unpack,
  SPLIT: (operator, graph) => split(operator, graph, operator.inputs[1], operator.inputs[0], undefined),
  SPLIT_V: (operator, graph) =>
    split(operator, graph, operator.inputs[0], operator.inputs[2], graph.numbers(operator.inputs[1])),
  SLICE: slice,
  STRIDED_SLICE: stridedSlice,
  GATHER: gather,
  PAD: pad,
  PADV2: pad,
  MIRROR_PAD: mirrorPad,
};

function concatenation({ inputs, outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const order = graph.layoutOf(...inputs);
  const axis = attribute.int(graph.axis(output, options?.int32(0) ?? 0, order));
  const names = inputs.map((input) => graph.name(input, order));
  graph.compute(output, order, 'Concat', names, { axis }, options?.int8(1) ?? 0);
}

function pack({ inputs, outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const axis = graph.axis(output, options?.int32(1) ?? 0, 'plain');
  const axes = graph.add(Constant.int64([axis]), 'axes');
  const parts = inputs.map((input) => graph.builder.node('Unsqueeze', [graph.name(input, 'plain'), axes]));
  graph.compute(output, 'plain', 'Concat', parts, { axis: attribute.int(axis) });
}

function unpack({ inputs: [input], outputs, options }: TfliteOperator, graph: ImportGraph): void {
  const axis = graph.axis(input, options?.int32(1) ?? 0, 'plain');
  const x = graph.name(input, 'plain');
  outputs.forEach((output, i) => {
    const index = graph.add(Constant.scalar(i, 'int64'), 'index');
    graph.compute(output, 'plain', 'Gather', [x, index], { axis: attribute.int(axis) });
  });
}

function split(
  { outputs }: TfliteOperator,
  graph: ImportGraph,
  input: number,
  axisInput: number,
  sizes: readonly number[] | undefined,
): void {
  const order = graph.layoutOf(input);
  const given = graph.numbers(axisInput)[0];
  const axis = graph.axis(input, given, order);
  const plainAxis = graph.axis(input, given, 'plain');
  const lengths = sizes === undefined ? [] : outputs.map((output) => graph.shape(output)[plainAxis]);
  const inputs = [
    graph.name(input, order),
    ...(sizes === undefined ? [] : [graph.add(Constant.int64(lengths), 'sizes')]),
  ];
  graph.computeAll(outputs, order, 'Split', inputs, { axis: attribute.int(axis) });
}

interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Cuts the axes that are really cut; with none, the output is the input. */
function addSlice(graph: ImportGraph, input: number, output: number, cuts: readonly Cut[]): void {
  const real = cuts.filter(
    ({ axis, start, end, step }) => start !== 0 || step !== 1 || end < graph.shape(input)[axis],
  );
  if (real.length === 0) {
    graph.alias(output, input);
    return;
  }
  const order = graph.layoutOf(input);
  const list = (of: (cut: Cut) => number) => graph.add(Constant.int64(real.map(of)), 'slice');
  const inputs = [
    graph.name(input, order),
    list(({ start }) => start),
    list(({ end }) => end),
    list(({ axis }) => graph.axis(input, axis, order)),
    list(({ step }) => step),
  ];
  graph.compute(output, order, 'Slice', inputs);
}

function slice(
  { inputs: [input, begin, size], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
): void {
  const sizes = graph.numbers(size);
  const cuts = graph.numbers(begin).map((start, axis): Cut => {
    const end = sizes[axis] < 0 ? 2 ** 63 : start + sizes[axis];
    return { axis, start, end, step: 1 };
  });
  addSlice(graph, input, output, cuts);
}

/** As in Python, with bits that say which ends are open and which axes are dropped. */
function stridedSlice({ inputs, outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const [input, beginInput, endInput, stridesInput] = inputs;
  const [begin, end, steps] = [beginInput, endInput, stridesInput].map((index) => graph.numbers(index));
  const [beginMask, endMask, ellipsisMask, newAxisMask, shrinkMask] = [0, 1, 2, 3, 4].map(
    (i) => options?.int32(i) ?? 0,
  );
  if (ellipsisMask !== 0 || newAxisMask !== 0)
    throw new Unsupported('a slice with an ellipsis or a new axis');
  const has = (mask: number, axis: number) => ((mask >> axis) & 1) === 1;
  const dropped = begin.flatMap((_, axis) => (has(shrinkMask, axis) ? [axis] : []));
  const cuts = begin.map((start, axis): Cut => {
    const length = graph.shape(input)[axis];
    const from = start < 0 ? start + length : start;
    if (has(shrinkMask, axis)) return { axis, start: from, end: from + 1, step: 1 };
    const step = steps[axis];
    const open = step > 0 ? { start: 0, end: 2 ** 63 } : { start: 2 ** 63, end: -(2 ** 63) };
    return {
      axis,
      start: has(beginMask, axis) ? open.start : start,
      end: has(endMask, axis) ? open.end : end[axis] < 0 && step > 0 ? end[axis] + length : end[axis],
      step,
    };
  });
  if (dropped.length === 0) {
    addSlice(graph, input, output, cuts);
    return;
  }
  if (graph.constant(input) !== undefined) throw new Unsupported('a slice of a constant');
  const list = (of: (cut: Cut) => number) => graph.add(Constant.int64(cuts.map(of)), 'slice');
  const ranges = [
    list((cut) => cut.start),
    list((cut) => cut.end),
    list((cut) => cut.axis),
    list((cut) => cut.step),
  ];
  const sliced = graph.builder.node('Slice', [graph.name(input, 'plain'), ...ranges]);
  graph.compute(output, 'plain', 'Squeeze', [sliced, graph.add(Constant.int64(dropped), 'axes')]);
}

function gather(
  { inputs: [input, indices], outputs: [output], options }: TfliteOperator,
  graph: ImportGraph,
): void {
  if ((options?.int32(1) ?? 0) !== 0) throw new Unsupported('a gather with batch axes');
  const axis = attribute.int(graph.axis(input, options?.int32(0) ?? 0, 'plain'));
  graph.compute(output, 'plain', 'Gather', [graph.name(input, 'plain'), graph.name(indices, 'plain')], {
    axis,
  });
}

/** Paddings are [rank, 2] in TFLite: before and after each axis. */
function paddings(graph: ImportGraph, index: number, order: 'plain' | 'channelsFirst'): readonly number[] {
  const numbers = graph.numbers(index);
  const pairs = Array.from({ length: numbers.length / 2 }, (_, axis) => [
    numbers[2 * axis],
    numbers[2 * axis + 1],
  ]);
  const ordered = graph.perAxis(pairs, order);
  return [...ordered.map(([before]) => before), ...ordered.map(([, after]) => after)];
}

function pad(
  { inputs: [input, amounts, value = -1], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
): void {
  const order = graph.layoutOf(input);
  const pads = graph.add(Constant.int64(paddings(graph, amounts, order)), 'pads');
  const optional = value < 0 ? [] : [graph.add(Constant.scalar(graph.numbers(value)[0]), 'value')];
  graph.compute(output, order, 'Pad', [graph.name(input, order), pads, ...optional]);
}

function mirrorPad(
  { inputs: [input, amounts], outputs: [output], options }: TfliteOperator,
  graph: ImportGraph,
): void {
  const order = graph.layoutOf(input);
  const numbers = paddings(graph, amounts, order);
  const symmetric = options?.int8(0) === 1;
  // ONNX has no mode that repeats the border pixel; by one pixel it is the same as repeating the edge.
  if (symmetric && numbers.some((amount) => amount > 1))
    throw new Unsupported('symmetric padding by more than 1');
  const mode = attribute.string(symmetric ? 'edge' : 'reflect');
  graph.compute(
    output,
    order,
    'Pad',
    [graph.name(input, order), graph.add(Constant.int64(numbers), 'pads')],
    { mode },
  );
}
