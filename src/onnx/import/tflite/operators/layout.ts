import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import { transposed } from '../../transposed.js';
import { Unsupported } from '../../unsupported.js';
import type { Converter, Converters } from './converter.js';

export const layout: Converters = {
  RESHAPE: reshape,
  SQUEEZE: squeeze,
  EXPAND_DIMS: expandDims,
  TRANSPOSE: transpose,
  TILE: tile,
  BROADCAST_TO: broadcastTo,
  DEPTH_TO_SPACE: (operator, graph) => blocks('DepthToSpace')(operator, graph),
  SPACE_TO_DEPTH: (operator, graph) => blocks('SpaceToDepth')(operator, graph),
  SHAPE: shapeOf,
};

function reshape(
  { inputs: [input, target = -1], outputs: [output], options }: TfliteOperator,
  graph: ImportGraph,
): void {
  const known = target >= 0 ? graph.constant(target)?.numbers() : options?.int32s(0);
  const x = graph.name(input, orderIsTheSame(graph, input) ? graph.layoutOf(input) : 'plain');
  if (known === undefined) {
    graph.compute(output, 'plain', 'Reshape', [x, graph.cast(graph.name(target, 'plain'), 'int64')]);
    return;
  }
  graph.compute(output, 'plain', 'Reshape', [x, graph.add(Constant.int64(known), 'shape')]);
}

/** An image of one pixel or one channel has the same order of elements in either layout. */
function orderIsTheSame(graph: ImportGraph, input: number): boolean {
  const [, height, width, channels] = graph.shape(input);
  return !graph.anySize && (height * width === 1 || channels === 1);
}

function squeeze({ inputs: [input], outputs: [output], options }: TfliteOperator, graph: ImportGraph): void {
  const shape = graph.shape(input);
  const given = options?.int32s(0) ?? [];
  const ones = shape.flatMap((length, axis) => (length === 1 ? [axis] : []));
  const axes = given.length === 0 ? ones : given.map((axis) => (axis < 0 ? axis + shape.length : axis));
  const keeps = shape.length === 4 && axes.includes(1) && axes.includes(2);
  const order = keeps ? graph.layoutOf(input) : 'plain';
  const inLayout = axes.map((axis) => graph.axis(input, axis, order)).sort((a, b) => a - b);
  graph.compute(output, 'plain', 'Squeeze', [
    graph.name(input, order),
    graph.add(Constant.int64(inLayout), 'axes'),
  ]);
}

function expandDims({ inputs: [input, axis], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const axes = graph.add(Constant.int64([graph.numbers(axis)[0]]), 'axes');
  graph.compute(output, 'plain', 'Unsqueeze', [graph.name(input, 'plain'), axes]);
}

/** A change between the two image layouts, as converters from other frameworks write it, costs nothing here. */
function transpose({ inputs: [input, order], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const given = graph.numbers(order);
  const constant = graph.constant(input);
  if (constant !== undefined) {
    graph.setConstant(output, transposed(constant, given));
    return;
  }
  const source = graph.layoutOf(input);
  // Axis i of the result is axis given[i] of TFLite's order, which has its own place in the source.
  const perm = given.map((axis) => graph.axis(input, axis, source));
  const x = graph.name(input, source);
  if (perm.every((axis, i) => axis === i)) graph.compute(output, 'plain', 'Identity', [x]);
  else graph.compute(output, 'plain', 'Transpose', [x], { perm: attribute.ints(perm) });
}

function tile({ inputs: [input, repeats], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const counts = graph.add(Constant.int64(graph.numbers(repeats)), 'repeats');
  graph.compute(output, 'plain', 'Tile', [graph.name(input, 'plain'), counts]);
}

function broadcastTo(
  { inputs: [input, shape], outputs: [output] }: TfliteOperator,
  graph: ImportGraph,
): void {
  const target = graph.add(Constant.int64(graph.numbers(shape)), 'shape');
  graph.compute(output, 'plain', 'Expand', [graph.name(input, 'plain'), target]);
}

function blocks(opType: string): Converter {
  return ({ inputs: [input], outputs: [output], options }, graph) => {
    const blocksize = attribute.int(options?.int32(0) ?? 1);
    graph.compute(output, 'channelsFirst', opType, [graph.name(input, 'channelsFirst')], { blocksize });
  };
}

function shapeOf({ inputs: [input], outputs: [output] }: TfliteOperator, graph: ImportGraph): void {
  const { elementType } = graph.tensor(output);
  if (elementType !== 'int32' && elementType !== 'int64') throw new Unsupported(`sizes as ${elementType}`);
  const sizes = graph.builder.node('Shape', [graph.name(input, 'plain')]);
  graph.compute(output, 'plain', 'Identity', [
    elementType === 'int64' ? sizes : graph.cast(sizes, elementType),
  ]);
}
