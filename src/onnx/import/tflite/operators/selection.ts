import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph, Layout } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { Unsupported } from '../../unsupported.js';
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
  const lengths = outputs.map((output, i) =>
    (sizes?.[i] ?? -1) < 0 ? graph.shape(output)[plainAxis] : sizes![i],
  );
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

/** "To the end", in ONNX. */
const end = 2 ** 63;

/** Cuts the axes that are really cut; with none, the output is the input. */
function addSlice(graph: ImportGraph, input: number, output: number, cuts: readonly Cut[]): void {
  const real = realCuts(graph, input, cuts);
  if (real.length === 0) {
    graph.alias(output, input);
    return;
  }
  const order = graph.layoutOf(input);
  graph.compute(output, order, 'Slice', sliceInputs(graph, input, real, order));
}

function realCuts(graph: ImportGraph, input: number, cuts: readonly Cut[]): readonly Cut[] {
  const { signature } = graph.tensor(input);
  return cuts.filter(({ axis, start, end: stop, step }) => {
    const wholeTo = signature[axis] === -1 ? 2 ** 31 - 1 : signature[axis];
    return start !== 0 || step !== 1 || stop < wholeTo;
  });
}

function sliceInputs(
  graph: ImportGraph,
  input: number,
  cuts: readonly Cut[],
  order: Layout,
): readonly string[] {
  const list = (of: (cut: Cut) => number) => graph.add(Constant.int64(cuts.map(of)), 'slice');
  return [
    graph.name(input, order),
    list((cut) => cut.start),
    list((cut) => cut.end),
    list((cut) => graph.axis(input, cut.axis, order)),
    list((cut) => cut.step),
  ];
}

function slice(
  { inputs: [input, begin, size], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
): void {
  const sizes = graph.numbers(size);
  const cuts = graph.numbers(begin).map((start, axis): Cut => {
    return { axis, start, end: sizes[axis] < 0 ? end : start + sizes[axis], step: 1 };
  });
  addSlice(graph, input, output, cuts);
}

/** As in Python, with bits that say which ends are open and which axes are dropped. */
function stridedSlice({ inputs, outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const [input, ...ranges] = inputs;
  const [starts, ends, steps] = ranges.map((range) => graph.numbers(range));
  const [beginMask, endMask, ellipsisMask, newAxisMask, shrinkMask] = [0, 1, 2, 3, 4].map(
    (i) => options?.int32(i) ?? 0,
  );
  if (ellipsisMask !== 0 || newAxisMask !== 0)
    throw new Unsupported('a slice with an ellipsis or a new axis');
  const has = (mask: number, axis: number) => ((mask >> axis) & 1) === 1;
  const cuts = starts.map((start, axis): Cut => {
    if (has(shrinkMask, axis)) return { axis, start, end: start === -1 ? end : start + 1, step: 1 };
    const step = steps[axis];
    const [first, last] = step > 0 ? [0, end] : [end, -end];
    return {
      axis,
      start: has(beginMask, axis) ? first : start,
      end: has(endMask, axis) ? last : ends[axis],
      step,
    };
  });
  const dropped = cuts.filter(({ axis }) => has(shrinkMask, axis)).map(({ axis }) => axis);
  if (dropped.length === 0) {
    addSlice(graph, input, output, cuts);
    return;
  }
  const real = realCuts(graph, input, cuts);
  const whole = graph.name(input, 'plain');
  const sliced =
    real.length === 0 ? whole : graph.builder.node('Slice', sliceInputs(graph, input, real, 'plain'));
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
function paddings(graph: ImportGraph, index: number, order: Layout): readonly number[] {
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
