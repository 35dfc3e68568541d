import { attribute, int } from '../../attributes.js';
import type { Attributes } from '../../graph.js';
import type { Context } from '../context.js';
import { Refusal, type Rule } from '../rule.js';
import { adjointAlong } from '../separable.js';

function spatialAxes(x: string, { rank }: Context): readonly number[] {
  return Array.from({ length: rank(x) - 2 }, (_, i) => i + 2);
}

/** To the place that each maximum was taken from, which the operator itself reports; of places that tie it is the first. */
const maxPool: Rule = ({ node, x, g }, context) => [
  () => {
    if (int(node, 'storage_order', 0) === 1) throw new Refusal('storage_order 1');
    // The operator counts the places through all images; here they are wanted within each.
    const size = context.product(context.sizes(x, [1, ...spatialAxes(x, context)]));
    const places = context.op('Mod', [context.output(node, 1), size]);
    const flat = (tensor: string) => context.reshape(tensor, [0, -1]);
    const gradient = flat(g);
    const images = context.slice(context.shapeOf(g), 0, 0, 1);
    const zeros = context.op('Expand', [context.number(0, g), context.concat([images, size], 0)]);
    const spread = context.op('Expand', [flat(places), context.shapeOf(gradient)]);
    const scattered = context.op('ScatterElements', [zeros, spread, gradient], {
      axis: attribute.int(1),
      reduction: attribute.string('add'),
    });
    return context.reshapeLike(scattered, x);
  },
];

/** Linear, and on each axis by itself. */
const averagePool: Rule = ({ node, x, g }, context) => [
  () =>
    spatialAxes(x, context).reduce((result, axis, i) => {
      const attributes = alongOneAxis(node.attributes, i);
      return adjointAlong(
        result,
        x,
        axis,
        (identity) => {
          const pooled = context.op('AveragePool', [context.unsqueeze(identity, [1])], attributes);
          return context.squeeze(pooled, [1]);
        },
        context,
      );
    }, g),
];

/** A window's attributes for one of its axes. */
function alongOneAxis(attributes: Attributes, axis: number): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (value.type !== 'ints') return [name, value];
      const perAxis = name === 'pads' ? value.value.length / 2 : value.value.length;
      return [name, attribute.ints(value.value.filter((_, i) => i % perAxis === axis))];
    }),
  );
}

const globalAveragePool: Rule = ({ x, g }, context) => [
  () => {
    const axes = spatialAxes(x, context);
    return context.expandAlong(context.div(g, context.countAlong(x, axes)), x, axes);
  },
];

/** To the first of the places that hold the maximum. */
const globalMaxPool: Rule = ({ x, g }, context) => [
  () => {
    const axes = spatialAxes(x, context);
    const chosen = context.op('ArgMax', [context.reshape(x, [0, 0, -1])], { axis: attribute.int(2) });
    const places = context.range(context.product(context.sizes(x, axes)));
    const gradient = context.where(context.equal(places, chosen), context.reshape(g, [0, 0, 1]), 0);
    return context.reshapeLike(gradient, x);
  },
];

export const pooling = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: globalAveragePool,
  GlobalMaxPool: globalMaxPool,
};
