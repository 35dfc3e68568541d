import { float } from '../attributes.js';
import type { Constant } from '../constant.js';
import type { Graph, Node, OnnxModel } from '../graph.js';

/** What a network does to the samples of one input before it computes anything with them. */
export interface InputArithmetic {
  readonly input: string;
  /** The operators, in the order in which they are applied. */
  readonly operators: readonly string[];
  /**
   * The same as one step `(sample - mean) / std`, one value for all channels or one a channel in the order of the input.
   * What a user would feed without the step is what the step expects: such a network mostly takes raw samples 0..255.
   */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * The normalisation that is part of a graph: Sub, Add, Mul, Div by constants and BatchNormalization between an input and
 * the first operator that mixes samples. MXNet's exports of InsightFace have one and want raw samples
 * (python-package/insightface/model_zoo/arcface_onnx.py looks for `Sub` and `Mul` among the first nodes).
 * Inputs without one are left out.
 */
export function inputArithmetic({ graph }: OnnxModel): InputArithmetic[] {
  return graph.inputs.flatMap(({ name }) => arithmeticOf(graph, name) ?? []);
}

/** Operators between an input and its normalisation that change no sample. */
const passes = new Set(['Identity', 'Cast', 'Transpose', 'Dropout']);

interface Affine {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

function arithmeticOf(graph: Graph, input: string): InputArithmetic | undefined {
  const operators: string[] = [];
  let total: Affine = { scale: [1], offset: [0] };
  let tensor = input;
  for (;;) {
    const readers = graph.nodes.filter(({ inputs }) => inputs.includes(tensor));
    if (readers.length !== 1) break;
    const [node] = readers;
    if (!passes.has(node.opType)) {
      const step = affineOf(graph, node, tensor);
      if (step === undefined) break;
      total = chained(total, step);
      operators.push(node.opType);
    }
    tensor = node.outputs[0];
  }
  if (operators.length === 0) return undefined;
  return {
    input,
    operators,
    mean: total.offset.map((offset, i) => 0 - offset / total.scale[i % total.scale.length]),
    std: total.scale.map((scale) => 1 / scale),
  };
}

/** `scale * x + offset`, where that is what the node does. */
function affineOf(graph: Graph, node: Node, tensor: string): Affine | undefined {
  if (node.opType === 'BatchNormalization') {
    const [scale, bias, mean, variance] = node.inputs.slice(1).map((name) => constantOf(graph, name));
    if (node.inputs[0] !== tensor || !scale || !bias || !mean || !variance) return undefined;
    const epsilon = float(node, 'epsilon', 1e-5);
    const slopes = scale.map((value, i) => value / Math.sqrt(variance[i] + epsilon));
    return { scale: slopes, offset: slopes.map((slope, i) => bias[i] - mean[i] * slope) };
  }
  const first = node.inputs[0] === tensor;
  const values = constantOf(graph, node.inputs[first ? 1 : 0] ?? '');
  if (values === undefined || node.inputs.length !== 2) return undefined;
  switch (node.opType) {
    case 'Add':
      return { scale: [1], offset: values };
    case 'Sub':
      return first
        ? { scale: [1], offset: values.map((value) => 0 - value) }
        : { scale: [-1], offset: values };
    case 'Mul':
      return { scale: values, offset: [0] };
    case 'Div':
      return first ? { scale: values.map((value) => 1 / value), offset: [0] } : undefined;
    default:
      return undefined;
  }
}

/** A scalar or one value a channel; more is a mask over pixels, not a normalisation. */
function constantOf(graph: Graph, name: string): number[] | undefined {
  const constant = graph.initializers.get(name) ?? constantNode(graph, name);
  if (constant === undefined || constant.size === 0 || constant.size > 4) return undefined;
  return constant.numbers();
}

function constantNode(graph: Graph, name: string): Constant | undefined {
  const node = graph.nodes.find(({ opType, outputs }) => opType === 'Constant' && outputs[0] === name);
  const value = node?.attributes.value;
  return value?.type === 'tensor' ? value.value : undefined;
}

function chained(before: Affine, after: Affine): Affine {
  const length = Math.max(
    ...[before.scale, before.offset, after.scale, after.offset].map((values) => values.length),
  );
  const at = (values: readonly number[], i: number) => values[i % values.length];
  const each = (value: (i: number) => number) => Array.from({ length }, (_, i) => value(i));
  return {
    scale: each((i) => at(before.scale, i) * at(after.scale, i)),
    offset: each((i) => at(before.offset, i) * at(after.scale, i) + at(after.offset, i)),
  };
}
