import { attribute, float, floats, int, ints, string } from '../../attributes.js';
import { Constant } from '../../constant.js';
import type { Attributes, Node } from '../../graph.js';
import type { Changes, Upgrade, UpgradeContext } from './upgrade.js';

/** A node without some attributes. */
function without({ attributes }: Node, ...names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}

/** A list that was an attribute becomes the second input. */
function listToInput(name: string): Upgrade {
  return (node, context) => {
    const list = ints(node, name);
    if (list === undefined) return node;
    const inputs = [node.inputs[0], context.constant(Constant.int64(list))];
    return { ...node, inputs, attributes: without(node, name) };
  };
}

/** A number of the element type of the node's first input. */
function numberLike(node: Node, value: number, context: UpgradeContext): string {
  const type = context.fact(node.inputs[0])?.elementType ?? 'float32';
  if (type === 'float64') return context.constant(Constant.from(type, Float64Array.of(value), []));
  if (type === 'float32') return context.constant(Constant.float32([value], []));
  return context.refuse(`its bounds would have to be ${type}`);
}

const slice: Upgrade = (node, context) => {
  const [starts, ends, axes] = ['starts', 'ends', 'axes'].map((name) => ints(node, name));
  if (starts === undefined || ends === undefined) return node;
  const lists = [starts, ends, axes ?? starts.map((_, i) => i)];
  const inputs = [node.inputs[0], ...lists.map((list) => context.constant(Constant.int64(list)))];
  return { ...node, inputs, attributes: without(node, 'starts', 'ends', 'axes') };
};

const clip: Upgrade = (node, context) => {
  const bounds = ['min', 'max'].map((name) => {
    const value = float(node, name);
    return value === undefined ? '' : numberLike(node, value, context);
  });
  return { ...node, inputs: [node.inputs[0], ...bounds], attributes: without(node, 'min', 'max') };
};

const pad: Upgrade = (node, context) => {
  const pads = context.constant(Constant.int64(ints(node, 'pads', [])));
  const inputs = [node.inputs[0], pads, numberLike(node, float(node, 'value', 0), context)];
  return { ...node, inputs, attributes: without(node, 'pads', 'value') };
};

const upsample: Upgrade = (node, context) => {
  const list = floats(node, 'scales');
  const scales = list === undefined ? node.inputs[1] : context.constant(Constant.float32(list));
  return { ...node, opType: 'Resize', inputs: [node.inputs[0], scales], attributes: without(node, 'scales') };
};

/** Until opset 10 the output's pixel p came from the place p / scale, rounded down by the mode nearest. */
const resize: Upgrade = (node) => ({
  ...node,
  inputs: [node.inputs[0], '', node.inputs[1]],
  attributes: {
    ...node.attributes,
    mode: attribute.string(string(node, 'mode', 'nearest')),
    coordinate_transformation_mode: attribute.string('asymmetric'),
    nearest_mode: attribute.string('floor'),
  },
});

/** Until opset 12 all axes from `axis` on were taken together. */
const softmax: Upgrade = (node, context) => {
  const rank = context.fact(node.inputs[0])?.shape?.length;
  if (rank === undefined) return context.refuse('the number of axes of its input is not known');
  const given = int(node, 'axis', 1);
  const axis = given < 0 ? given + rank : given;
  const last = { ...node, attributes: { ...node.attributes, axis: attribute.int(-1) } };
  if (axis === rank - 1) return last;
  const [x] = node.inputs;
  const flat = context.before('Flatten', [x], { axis: attribute.int(axis) });
  const result = context.before(node.opType, [flat], last.attributes);
  return { ...node, opType: 'Reshape', inputs: [result, context.before('Shape', [x])], attributes: {} };
};

const batchNormalization: Upgrade = (node, context) => {
  if (int(node, 'spatial', 1) === 0) return context.refuse('its attribute spatial is 0');
  return { ...node, outputs: node.outputs.slice(0, 1), attributes: without(node, 'spatial') };
};

/** The share that is dropped matters in training only. */
const dropout: Upgrade = (node) => ({ ...node, inputs: node.inputs.slice(0, 1), attributes: {} });

const topK: Upgrade = (node, context) => {
  const k = context.constant(Constant.int64([int(node, 'k', 1)]));
  return { ...node, inputs: [node.inputs[0], k], attributes: without(node, 'k') };
};

const roiAlign: Upgrade = (node) => ({
  ...node,
  attributes: { ...node.attributes, coordinate_transformation_mode: attribute.string('output_half_pixel') },
});

const split: Upgrade = (node) =>
  node.inputs.length > 1
    ? node
    : { ...node, attributes: { ...node.attributes, num_outputs: attribute.int(node.outputs.length) } };

const tensorflowHalfPixel: Upgrade = (node, context) =>
  string(node, 'coordinate_transformation_mode', '') === 'tf_half_pixel_for_nn'
    ? context.refuse('its coordinates tf_half_pixel_for_nn no longer exist')
    : node;

const gridSample: Upgrade = (node) => {
  const mode = string(node, 'mode', 'bilinear');
  const renamed = { bilinear: 'linear', bicubic: 'cubic' }[mode] ?? mode;
  return { ...node, attributes: { ...node.attributes, mode: attribute.string(renamed) } };
};

const groupNormalization: Upgrade = (_, context) =>
  context.refuse('its scale is given by group, not by channel');

const axesToInput = listToInput('axes');

/** Every change of form from opset 7 to 21, oldest first (Operators.md and Changelog.md of ONNX). */
export const upgrades: readonly Changes[] = [
  { opset: 9, operators: { BatchNormalization: batchNormalization } },
  { opset: 10, operators: { Slice: slice, Upsample: upsample, TopK: topK } },
  {
    opset: 11,
    operators: {
      Clip: clip,
      Pad: pad,
      Resize: resize,
      Scatter: (node) => ({ ...node, opType: 'ScatterElements' }),
    },
  },
  { opset: 12, operators: { Dropout: dropout } },
  {
    opset: 13,
    operators: {
      Softmax: softmax,
      LogSoftmax: softmax,
      Squeeze: axesToInput,
      Unsqueeze: axesToInput,
      ReduceSum: axesToInput,
      Split: listToInput('split'),
      Resize: tensorflowHalfPixel,
    },
  },
  { opset: 14, operators: { BatchNormalization: batchNormalization } },
  { opset: 16, operators: { RoiAlign: roiAlign } },
  {
    opset: 18,
    operators: {
      ...Object.fromEntries(
        ['L1', 'L2', 'LogSum', 'LogSumExp', 'Max', 'Mean', 'Min', 'Prod', 'SumSquare'].map((name) => [
          `Reduce${name}`,
          axesToInput,
        ]),
      ),
      Split: split,
    },
  },
  { opset: 20, operators: { GridSample: gridSample } },
  { opset: 21, operators: { GroupNormalization: groupNormalization } },
];
