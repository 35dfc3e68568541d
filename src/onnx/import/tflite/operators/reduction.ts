import { attribute } from '../../../attributes.js';
import { Constant } from '../../../constant.js';
import type { Attributes } from '../../../graph.js';
import type { ImportGraph, Layout } from '../import-graph.js';
import type { Converter, Converters } from './converter.js';

export const reduction: Converters = {
  MEAN: reduce('ReduceMean'),
  SUM: reduce('ReduceSum'),
  REDUCE_MAX: reduce('ReduceMax'),
  REDUCE_MIN: reduce('ReduceMin'),
  REDUCE_PROD: reduce('ReduceProd'),
  ARG_MAX: arg('ArgMax'),
  ARG_MIN: arg('ArgMin'),
};

function reduce(opType: string): Converter {
  return ({ inputs: [input, axesInput], outputs: [output], options }, graph) => {
    const keep = options?.bool(0) === true;
    const rank = graph.rank(input);
    const given = graph.numbers(axesInput).map((axis) => (axis < 0 ? axis + rank : axis));
    const layout = keep ? graph.layoutOf(input) : layoutThatKeepsOrder(graph, input, given);
    const axes = given.map((axis) => graph.axis(input, axis, layout)).sort((a, b) => a - b);
    const x = graph.name(input, layout);
    const resultLayout: Layout = keep ? layout : 'plain';
    if (opType === 'ReduceMean' && keep && layout === 'channelsFirst' && axes.join() === '2,3') {
      graph.compute(output, layout, 'GlobalAveragePool', [x]);
      return;
    }
    const attributes: Attributes = { keepdims: attribute.int(keep ? 1 : 0) };
    // In the operator set that is written, only the sum takes its axes as an input.
    if (opType === 'ReduceSum') {
      graph.compute(output, resultLayout, opType, [x, graph.add(Constant.int64(axes))], attributes);
    } else {
      graph.compute(output, resultLayout, opType, [x], { ...attributes, axes: attribute.ints(axes) });
    }
  };
}

/** With axes dropped, channels-first images come out right where the remaining axes are in the same order anyway. */
function layoutThatKeepsOrder(graph: ImportGraph, input: number, dropped: readonly number[]): Layout {
  const same = dropped.includes(3) || (dropped.includes(1) && dropped.includes(2));
  return same ? graph.layoutOf(input) : 'plain';
}

function arg(opType: string): Converter {
  return ({ inputs: [input, axisInput], outputs: [output] }, graph) => {
    const [given] = graph.numbers(axisInput);
    const rank = graph.rank(input);
    const layout = layoutThatKeepsOrder(graph, input, [given < 0 ? given + rank : given]);
    const attributes = { axis: attribute.int(graph.axis(input, given, layout)), keepdims: attribute.int(0) };
    const { elementType } = graph.tensor(output);
    const x = graph.name(input, layout);
    if (elementType === 'int64') {
      graph.compute(output, 'plain', opType, [x], attributes);
      return;
    }
    const indices = graph.builder.node(opType, [x], attributes);
    graph.compute(output, 'plain', 'Identity', [graph.cast(indices, elementType)]);
  };
}
