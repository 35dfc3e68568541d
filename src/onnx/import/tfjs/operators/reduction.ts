import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { ChannelsLastGraph, Layout, Value } from '../../channels-last/channels-last-graph.js';
import type { Converter, Converters } from './converter.js';

export const reduction: Converters = {
  Mean: reduce('ReduceMean'),
  Sum: reduce('ReduceSum'),
  Max: reduce('ReduceMax'),
  Min: reduce('ReduceMin'),
  Prod: reduce('ReduceProd'),
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
};

function reduce(opType: string): Converter {
  return (node, [input, axesInput], graph) => {
    const keep = node.bool('keep_dims');
    const rank = graph.rank(input);
    const given = graph.numbers(axesInput).map((axis) => (axis < 0 ? axis + rank : axis));
    const layout = keep ? graph.layoutOf(input) : layoutThatKeepsOrder(graph, input, given);
    const axes = given.map((axis) => graph.axis(input, axis, layout)).sort((a, b) => a - b);
    const x = graph.name(input, layout);
    const isPooling = opType === 'ReduceMean' && layout === 'channelsFirst' && axes.join() === '2,3';
    if (isPooling && keep) return graph.compute(node.name, layout, 'GlobalAveragePool', [x]);
    const resultLayout: Layout = keep ? layout : 'plain';
    const keepdims = attribute.int(keep ? 1 : 0);
    // In the operator set that is written, only the sum takes its axes as an input.
    return opType === 'ReduceSum'
      ? graph.compute(node.name, resultLayout, opType, [x, graph.store(Constant.int64(axes), 'axes')], {
          keepdims,
        })
      : graph.compute(node.name, resultLayout, opType, [x], { keepdims, axes: attribute.ints(axes) });
  };
}

/** With axes dropped, channels-first images come out right where the remaining axes are in the same order anyway. */
function layoutThatKeepsOrder(graph: ChannelsLastGraph, input: Value, dropped: readonly number[]): Layout {
  const same = dropped.includes(3) || (dropped.includes(1) && dropped.includes(2));
  return same ? graph.layoutOf(input) : 'plain';
}

function arg(opType: string): Converter {
  return (node, [input, axisInput], graph) => {
    const [given] = graph.numbers(axisInput);
    const rank = graph.rank(input);
    const layout = layoutThatKeepsOrder(graph, input, [given < 0 ? given + rank : given]);
    const attributes = { axis: attribute.int(graph.axis(input, given, layout)), keepdims: attribute.int(0) };
    return graph.compute(node.name, 'plain', opType, [graph.name(input, layout)], attributes);
  };
}
