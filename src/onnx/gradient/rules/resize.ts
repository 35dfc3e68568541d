import { attribute, ints, string } from '../../attributes.js';
import type { Context } from '../context.js';
import { Refusal, type Application, type Rule } from '../rule.js';
import { adjointAlong } from '../separable.js';

/** Linear, and on each axis by itself, in every mode and coordinate transformation. */
const resizeRule: Rule = (at, context) => [
  () => {
    const { node, x, y, g } = at;
    if (string(node, 'keep_aspect_ratio_policy', 'stretch') !== 'stretch') {
      throw new Refusal('keep_aspect_ratio_policy');
    }
    const axes = ints(
      node,
      'axes',
      Array.from({ length: context.rank(x) }, (_, i) => i),
    ).map((axis) => context.axis(x, axis));
    return axes.reduce((result, axis, position) => {
      const [from, to] = [context.shape(x)[axis], context.shape(y)[axis]];
      if (from !== null && from === to && !isCropped(at, position, axes.length, context)) return result;
      const apply = (identity: string) => alongOneAxis(at, position, axes.length, identity, context);
      return adjointAlong(result, x, axis, apply, context);
    }, g);
  },
];

function crops({ node }: Application): boolean {
  return string(node, 'coordinate_transformation_mode', 'half_pixel') === 'tf_crop_and_resize';
}

function isCropped(at: Application, position: number, count: number, context: Context): boolean {
  if (!crops(at)) return false;
  const region = context.knownNumbers(at.node.inputs[1]);
  return region?.[position] !== 0 || region[position + count] !== 1;
}

/** Resizes the last axis of a matrix as the node resizes the axis at `position` in its lists. */
function alongOneAxis(
  at: Application,
  position: number,
  count: number,
  matrix: string,
  context: Context,
): string {
  const { node } = at;
  const [, roi = '', scales = '', sizes = ''] = node.inputs;
  const entry = (list: string, index: number) => context.slice(list, 0, index, index + 1);
  const attributes = Object.entries(node.attributes).filter(([name]) => name !== 'axes');
  // Outside of the cropped region the result is a constant, whose derivative is 0.
  const linear = { ...Object.fromEntries(attributes), extrapolation_value: attribute.float(0) };
  const region = crops(at)
    ? context.concat(
        [context.floats([0]), entry(roi, position), context.floats([1]), entry(roi, position + count)],
        0,
      )
    : '';
  const rows = context.slice(context.shapeOf(matrix), 0, 0, 1);
  return sizes === ''
    ? context.op(
        'Resize',
        [matrix, region, context.concat([context.floats([1]), entry(scales, position)], 0)],
        linear,
      )
    : context.op('Resize', [matrix, region, '', context.concat([rows, entry(sizes, position)], 0)], linear);
}

export const resize = { Resize: resizeRule };
