import { attribute, int, ints, string } from '../../attributes.js';
import type { Rule } from '../rule.js';

/** The same elements in the same order: only the shape is restored. */
const reshaping: Rule = ({ x, g }, context) => [() => context.reshapeLike(g, x)];

const identity: Rule = ({ g }) => [() => g];

const transpose: Rule = ({ node, x, g }, context) => [
  () => {
    const rank = context.rank(x);
    const perm = ints(
      node,
      'perm',
      Array.from({ length: rank }, (_, axis) => rank - 1 - axis),
    );
    return context.transpose(
      g,
      perm.map((_, axis) => perm.indexOf(axis)),
    );
  },
];

const squeeze: Rule = ({ x, g, node }, context) => [
  () => (node.inputs.length > 1 ? context.op('Unsqueeze', [g, node.inputs[1]]) : context.reshapeLike(g, x)),
];

const unsqueeze: Rule = ({ g, node }, context) => [() => context.op('Squeeze', [g, node.inputs[1]])];

/** Only casts from float to float have a derivative. */
const cast: Rule = ({ x, y, g }, context) =>
  context.elementType(y).includes('float') ? [() => context.cast(g, context.elementType(x))] : [];

const expand: Rule = ({ x, y, g }, context) => [() => context.sumTo(g, x, y)];

/** Each axis is split into copies and length, and the copies are added up. */
const tile: Rule = ({ node, x, g }, context) => [
  () => {
    const pairs = context.concat(
      [node.inputs[1], context.openShape(x)].map((list) => context.unsqueeze(list, [1])),
      1,
    );
    const split = context.reshape(g, context.reshape(pairs, [-1]));
    return context.reduceSum(
      split,
      Array.from({ length: context.rank(x) }, (_, axis) => 2 * axis),
      false,
    );
  },
];

/** SpaceToDepth undoes the mode DCR; CRD, whose channels are counted the other way round, is undone by hand. */
const depthToSpace: Rule = ({ node, x, g }, context) => [
  () => {
    const block = int(node, 'blocksize', 1);
    if (string(node, 'mode', 'DCR') === 'DCR') {
      return context.op('SpaceToDepth', [g], { blocksize: attribute.int(block) });
    }
    const [channels, height, width] = context.lengths(x, 1);
    const blocks = context.reshape(g, [-1, channels / block ** 2, height, block, width, block]);
    return context.reshape(context.transpose(blocks, [0, 1, 3, 5, 2, 4]), [-1, channels, height, width]);
  },
];

const spaceToDepth: Rule = ({ node, g }, context) => [
  () => context.op('DepthToSpace', [g], { blocksize: attribute.int(int(node, 'blocksize', 1)) }),
];

export const layout = {
  Identity: identity,
  Dropout: identity,
  Reshape: reshaping,
  Flatten: reshaping,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Cast: cast,
  Expand: expand,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
};
