import { Problem } from '../../../problem.js';
import { makeBatchDynamic } from '../../edit/make-batch-dynamic.js';
import { pruneDeadNodes } from '../../edit/extract-subgraph.js';
import type { Constant } from '../../constant.js';
import type { Dimension, OnnxModel } from '../../graph.js';
import { ChannelsLastGraph, opset, type Value } from '../channels-last/channels-last-graph.js';
import { Refusals } from '../refusals.js';
import { Unsupported } from '../unsupported.js';
import { executionOrder } from './execution-order.js';
import { nodeOf } from './node-of.js';
import { converters } from './operators/index.js';
import { readWeights } from './read-weights.js';
import { readTfjsModel, type TfjsModel } from './tfjs-model.js';
import type { TfjsNode } from './tfjs-node.js';

/**
 * Turns a TensorFlow.js graph model into ONNX.
 *
 * Inputs and outputs have the names of the model's signature, or those of their nodes where it has none, and the axes
 * of the file: an image stays [batch, height, width, channels]. Inside, images are [batch, channels, height, width], and
 * one Transpose at each end goes between the two. The batch is free, unless an operator mixes its rows: then it is the
 * exported one, or one. Weights in 16-bit floats or quantised integers become float32.
 * @param json the bytes of model.json
 * @param shards the weight files by the path that the manifest in model.json gives them
 * @param name what to call the model in a message, such as its file name
 * @throws {Problem} where the files are no graph model, are damaged or do not belong together, or the model has
 * operators that cannot be imported, all of which are listed with how often they occur.
 */
export function importTfjs(
  json: Uint8Array,
  shards: ReadonlyMap<string, Uint8Array>,
  name = 'the model',
): OnnxModel {
  const tfjs = readTfjsModel(json, name);
  const weights = readWeights(tfjs.weightGroups, shards, name);
  const onnx: OnnxModel = {
    irVersion: 8,
    opsets: new Map([['', opset]]),
    producer: { name: 'faceprobe', version: '' },
    metadata: new Map([['source', 'TensorFlow.js']]),
    graph: toGraph(tfjs, weights, name),
  };
  return withFreeBatch(pruneDeadNodes(onnx));
}

function toGraph(tfjs: TfjsModel, weights: ReadonlyMap<string, Constant>, name: string) {
  const outputs = outputNodes(tfjs, name);
  const graph = new ChannelsLastGraph([...outputs.values()]);
  const refusals = new Refusals();
  /** The outputs of each node; `undefined` where it, or one before it, cannot be imported. */
  const values = new Map<string, readonly Value[] | undefined>();
  for (const node of executionOrder(tfjs.nodes, [...outputs.keys()], name)) {
    const result = refusals.attempt(node.op, () => {
      if (node.op === 'Placeholder') return [placeholder(node, tfjs, graph)];
      if (node.op === 'Const') return [stored(node, weights, graph)];
      if (!Object.hasOwn(converters, node.op)) throw new Unsupported('');
      const inputs = node.inputs.filter(isData).map((input) => valueOf(input, values));
      if (!inputs.every((input) => input !== undefined)) return undefined;
      const made = converters[node.op](node, inputs, graph);
      return Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
    });
    values.set(node.name, result);
  }
  refusals.throwIfAny(name);
  return graph.build(
    'tfjs',
    Array.from(outputs, ([node, output]) => [output, valueOf(node, values)!] as const),
  );
}

/** The signature's outputs; without a signature the nodes that no other node reads. */
function outputNodes({ nodes, outputNames }: TfjsModel, name: string): Map<string, string> {
  if (outputNames.size > 0) return new Map(outputNames);
  const read = new Set([...nodes.values()].flatMap(({ inputs }) => inputs.map(nodeOf)));
  const ends = [...nodes.keys()].filter((node) => !read.has(node));
  if (ends.length === 0) throw new Problem(name, 'has no outputs: it is no complete graph model');
  return new Map(ends.map((end) => [end, end]));
}

function isData(input: string): boolean {
  return !input.startsWith('^');
}

function valueOf(
  input: string,
  values: ReadonlyMap<string, readonly Value[] | undefined>,
): Value | undefined {
  const output = Number(/:(\d+)$/.exec(input)?.[1] ?? 0);
  const all = values.get(nodeOf(input));
  if (all === undefined) return undefined;
  if (output >= all.length) throw new Unsupported(`output ${output} in use`);
  return all[output];
}

/** The batch is one where it is free, until it is freed again; other free axes stay open. */
function placeholder(node: TfjsNode, { inputNames }: TfjsModel, graph: ChannelsLastGraph): Value {
  const shape = node.shape('shape');
  if (shape === undefined) throw new Unsupported('a shape that is not known');
  const open = shape.length === 4 ? [1, 'height', 'width', null] : [1];
  const dimensions = shape.map((length, axis): Dimension => (length < 0 ? (open[axis] ?? null) : length));
  return graph.input(inputNames.get(node.name) ?? node.name, node.elementType('dtype'), dimensions);
}

function stored(node: TfjsNode, weights: ReadonlyMap<string, Constant>, graph: ChannelsLastGraph): Value {
  const constant = weights.get(node.name);
  if (constant === undefined) throw new Unsupported(`no weight "${node.name}" in the manifest`);
  return graph.constant(constant, node.name);
}

function withFreeBatch(model: OnnxModel): OnnxModel {
  try {
    return makeBatchDynamic(model);
  } catch (error) {
    if (error instanceof Problem) return model;
    throw error;
  }
}
