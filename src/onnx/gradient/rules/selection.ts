import { attribute, int, string } from '../../attributes.js';
import { Refusal, type Rule } from '../rule.js';

const concat: Rule = ({ node, y, g }, context) => {
  const axis = context.axis(y, int(node, 'axis', 0));
  const parts = () =>
    context.ops(
      'Split',
      [
        g,
        context.concat(
          node.inputs.map((input) => context.sizes(input, [axis])),
          0,
        ),
      ],
      node.inputs.length,
      { axis: attribute.int(axis) },
    );
  return node.inputs.map((_, position) => () => parts()[position]);
};

/** Parts that do not reach the result have no gradient: the others are put back to their places between zeros. */
const split: Rule = ({ node, x, upstream }, context) => [
  () => {
    const axis = context.axis(x, int(node, 'axis', 0));
    if (upstream.every((part) => part !== undefined)) return context.concat(upstream, axis);
    const lengths = node.outputs.map((output) => {
      const length = context.shape(output)[axis];
      if (typeof length === 'number') return length;
      throw new Refusal('parts of an open length, not all of which are used');
    });
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let start = 0;
    return context.sum(
      upstream.flatMap((part, i) => {
        const before = start;
        start += lengths[i];
        return part === undefined ? [] : [context.padAlong(part, axis, before, total - start)];
      }),
    );
  },
];

/** The slice of 0, 1, 2, ... tells where each element came from. */
const slice: Rule = ({ node, x, g }, context) => [
  () => {
    const [, starts, ends, axes = '', steps = ''] = node.inputs;
    const rank = context.rank(x);
    const count = () => context.shape(starts)[0];
    const given = axes === '' ? Array.from({ length: Number(count()) }, (_, i) => i) : context.numbers(axes);
    const strides = steps === '' ? given.map(() => 1) : context.numbers(steps);
    let result = g;
    given.forEach((negative, i) => {
      const axis = negative < 0 ? negative + rank : negative;
      const length = context.shape(x)[axis];
      const [start, end] = [context.knownNumbers(starts)?.[i], context.knownNumbers(ends)?.[i]];
      if (strides[i] === 1 && typeof length === 'number' && start !== undefined && end !== undefined) {
        const [from, to] = [start, end].map((at) => Math.min(Math.max(at < 0 ? at + length : at, 0), length));
        result = context.padAlong(result, axis, from, length - Math.max(from, to));
        return;
      }
      const one = (list: string) => context.slice(list, 0, i, i + 1);
      const places = context.op('Slice', [
        context.places(x, axis),
        one(starts),
        one(ends),
        context.ints([0]),
        context.ints([strides[i]]),
      ]);
      result = context.scatterAlong(result, x, axis, places);
    });
    return result;
  },
];

/** Slices that were taken more than once add up. */
const gather: Rule = ({ node, x, g }, context) => [
  () => {
    const indices = node.inputs[1];
    const axis = context.axis(x, int(node, 'axis', 0));
    const rank = context.rank(indices);
    const list = rank === 1 ? indices : context.reshape(indices, [-1]);
    if (rank === 0) return context.scatterAlong(context.unsqueeze(g, [axis]), x, axis, list);
    if (rank === 1) return context.scatterAlong(g, x, axis, list);
    const kept = Array.from({ length: axis }, () => 0);
    const behind = Array.from({ length: context.rank(x) - axis - 1 }, (_, i) => axis + 1 + i);
    const merged = context.concat(
      [context.ints([...kept, -1]), ...(behind.length > 0 ? [context.sizes(x, behind)] : [])],
      0,
    );
    return context.scatterAlong(context.reshape(g, merged), x, axis, list);
  },
];

const gatherElements: Rule = ({ node, x, g }, context) => [
  () => {
    const zeros = context.zerosLike(x, g);
    const spread = context.op('Expand', [node.inputs[1], context.shapeOf(g)]);
    return context.op('ScatterElements', [zeros, spread, g], {
      axis: attribute.int(int(node, 'axis', 0)),
      reduction: attribute.string('add'),
    });
  },
];

/** Constant padding is cut off again. Mirrored and repeated places add up: the padded 0, 1, 2, ... tells where each came from. */
const pad: Rule = ({ node, x, g }, context) => [
  () => {
    const [, pads, , axes = ''] = node.inputs;
    const mode = string(node, 'mode', 'constant');
    const given =
      axes === ''
        ? Array.from({ length: context.rank(x) }, (_, i) => i)
        : context.numbers(axes).map((axis) => context.axis(x, axis));
    const amounts = context.numbers(pads);
    let result = g;
    given.forEach((axis, i) => {
      const [before, after] = [amounts[i], amounts[i + given.length]];
      if (before === 0 && after === 0) return;
      if (mode === 'constant') {
        result = context.op('Pad', [
          result,
          context.ints([-before, -after]),
          context.number(0, g),
          context.ints([axis]),
        ]);
        return;
      }
      const places = context.op('Pad', [context.places(x, axis), context.ints([before, after])], {
        mode: attribute.string(mode),
      });
      result = context.scatterAlong(result, x, axis, places);
    });
    return result;
  },
];

/** The condition chooses; it has no derivative itself. */
const where: Rule = ({ node: { inputs }, y, g }, { where, sumTo }) => [
  undefined,
  () => sumTo(where(inputs[0], g, 0), inputs[1], y),
  () => sumTo(where(inputs[0], 0, g), inputs[2], y),
];

export const selection = {
  Concat: concat,
  Split: split,
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  Pad: pad,
  Where: where,
};
