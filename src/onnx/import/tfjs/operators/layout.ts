import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import { elementTypeCode } from '../../../element-type.js';
import type { ChannelsLastGraph, Value } from '../../channels-last/channels-last-graph.js';
import { transposed } from '../../transposed.js';
import type { TfjsNode } from '../tfjs-node.js';
import type { Converter, Converters } from './converter.js';

export const layout: Converters = {
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
  Tile: tile,
  BroadcastTo: broadcastTo,
  DepthToSpace: blocks('DepthToSpace'),
  SpaceToDepth: blocks('SpaceToDepth'),
  Shape: shapeOf,
};

function reshape(node: TfjsNode, [input, target]: readonly Value[], graph: ChannelsLastGraph): Value {
  const x = graph.name(input, orderIsTheSame(graph, input) ? graph.layoutOf(input) : 'plain');
  const known = graph.knownNumbers(target);
  const shape =
    known === undefined
      ? graph.cast(graph.name(target, 'plain'), 'int64')
      : graph.store(Constant.int64(known), 'shape');
  return graph.compute(node.name, 'plain', 'Reshape', [x, shape]);
}

/** An image of one pixel or one channel has the same order of elements in either layout. */
function orderIsTheSame(graph: ChannelsLastGraph, input: Value): boolean {
  const [, height, width, channels] = graph.shape(input);
  return (height === 1 && width === 1) || channels === 1;
}

function squeeze(node: TfjsNode, [input]: readonly Value[], graph: ChannelsLastGraph): Value {
  const shape = graph.shape(input);
  const given = node.ints('squeeze_dims');
  const ones = shape.flatMap((length, axis) => (length === 1 ? [axis] : []));
  const axes = given.length === 0 ? ones : given.map((axis) => (axis < 0 ? axis + shape.length : axis));
  const keepsOrder = shape.length === 4 && axes.includes(1) && axes.includes(2);
  const order = keepsOrder ? graph.layoutOf(input) : 'plain';
  const inLayout = axes.map((axis) => graph.axis(input, axis, order)).sort((a, b) => a - b);
  return graph.compute(node.name, 'plain', 'Squeeze', [
    graph.name(input, order),
    graph.store(Constant.int64(inLayout), 'axes'),
  ]);
}

function expandDims(node: TfjsNode, [input, axis]: readonly Value[], graph: ChannelsLastGraph): Value {
  const axes = graph.store(Constant.int64([graph.numbers(axis)[0]]), 'axes');
  return graph.compute(node.name, 'plain', 'Unsqueeze', [graph.name(input, 'plain'), axes]);
}

/** A change between the two image layouts, as converters from other frameworks write it, costs nothing here. */
function transpose(node: TfjsNode, [input, order]: readonly Value[], graph: ChannelsLastGraph): Value {
  const given = graph.numbers(order);
  if (input.constant !== undefined) return graph.constant(transposed(input.constant, given), node.name);
  const source = graph.layoutOf(input);
  // Axis i of the result is axis given[i] of the file's order, which has its own place in the source.
  const perm = given.map((axis) => graph.axis(input, axis, source));
  const x = graph.name(input, source);
  return perm.every((axis, i) => axis === i)
    ? graph.compute(node.name, 'plain', 'Identity', [x])
    : graph.compute(node.name, 'plain', 'Transpose', [x], { perm: attribute.ints(perm) });
}

function tile(node: TfjsNode, [input, repeats]: readonly Value[], graph: ChannelsLastGraph): Value {
  const counts = graph.store(Constant.int64(graph.numbers(repeats)), 'repeats');
  return graph.compute(node.name, 'plain', 'Tile', [graph.name(input, 'plain'), counts]);
}

function broadcastTo(node: TfjsNode, [input, shape]: readonly Value[], graph: ChannelsLastGraph): Value {
  const target = graph.store(Constant.int64(graph.numbers(shape)), 'shape');
  return graph.compute(node.name, 'plain', 'Expand', [graph.name(input, 'plain'), target]);
}

function blocks(opType: string): Converter {
  return (node, [input], graph) => {
    const blocksize = attribute.int(node.int('block_size', 1));
    return graph.compute(node.name, 'channelsFirst', opType, [graph.name(input, 'channelsFirst')], {
      blocksize,
    });
  };
}

function shapeOf(node: TfjsNode, [input]: readonly Value[], graph: ChannelsLastGraph): Value {
  const sizes = graph.node('Shape', [graph.name(input, 'plain')]);
  return graph.compute(node.name, 'plain', 'Cast', [sizes], {
    to: attribute.int(elementTypeCode('int32')),
  });
}
