import { Constant, extractSubgraph, reachedFrom, type Node, type OnnxModel } from '../onnx/index.js';
import { Problem } from '../problem.js';

/** A weight that is trained, and where it lies in the flat array of all of them. */
export interface Parameter {
  /** Its name in the graph. */
  readonly name: string;
  readonly shape: readonly number[];
  /** First element in the flat array. */
  readonly offset: number;
  readonly length: number;
  /** Whether weight decay shrinks it: kernels and matrices, not biases, slopes and normalisations. */
  readonly decays: boolean;
  /** The node that reads it, for messages. */
  readonly layer: string;
}

/** Which inputs of an operator are weights, and which of these are kernels or matrices. */
const roles: Readonly<Partial<Record<string, { trained: readonly number[]; decayed: readonly number[] }>>> = {
  Conv: { trained: [1, 2], decayed: [1] },
  ConvTranspose: { trained: [1, 2], decayed: [1] },
  Gemm: { trained: [0, 1, 2], decayed: [0, 1] },
  MatMul: { trained: [0, 1], decayed: [0, 1] },
  PRelu: { trained: [1], decayed: [] },
  // The statistics (inputs 3 and 4) stay as they are: training normalises as inference does.
  BatchNormalization: { trained: [1, 2], decayed: [] },
  InstanceNormalization: { trained: [1, 2], decayed: [] },
  LayerNormalization: { trained: [1, 2], decayed: [] },
};

/** What an Add behind these operators adds is their bias. */
const biased = new Set(['MatMul', 'Conv', 'ConvTranspose', 'Gemm']);

export interface ParameterChoice {
  /** The tensor that training leads to. */
  readonly of: string;
  /** Train only what lies behind this tensor; all weights where left out. */
  readonly from?: string | undefined;
  /** What to call the model in messages. */
  readonly name?: string;
}

/**
 * The float32 weights that a tensor depends on, in the order of the graph.
 * @throws {Problem} where a tensor does not exist or there is nothing to train.
 */
export function trainableParameters(
  model: OnnxModel,
  { of, from, name = 'the model' }: ParameterChoice,
): readonly Parameter[] {
  const { nodes, initializers } = extractSubgraph(
    model,
    from === undefined ? [of] : [of, from],
    [],
    name,
  ).graph;
  const behind = from === undefined ? undefined : reachedFrom([from], nodes);
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const parameters: Parameter[] = [];
  const known = new Set<string>();
  let offset = 0;
  for (const node of nodes) {
    if (behind !== undefined && !node.inputs.some((input) => behind.has(input))) continue;
    const { trained, decayed } = rolesOf(node, producers);
    for (const position of trained) {
      const input = node.inputs.at(position) ?? '';
      const constant = initializers.get(input);
      if (constant?.elementType !== 'float32' || known.has(input)) continue;
      known.add(input);
      const { shape, size: length } = constant;
      const layer = node.name === '' ? node.outputs[0] : node.name;
      parameters.push({ name: input, shape, offset, length, decays: decayed.includes(position), layer });
      offset += length;
    }
  }
  if (parameters.length === 0) {
    const where = from === undefined ? '' : ` behind "${from}"`;
    throw new Problem(name, `has no weights that can be trained${where}`, 'name an earlier tensor');
  }
  return parameters;
}

function rolesOf(node: Node, producers: ReadonlyMap<string, Node>) {
  const none = { trained: [], decayed: [] };
  if (node.domain !== '') return none;
  if (node.opType === 'Add') {
    const isBias = (position: number) =>
      biased.has(producers.get(node.inputs[1 - position] ?? '')?.opType ?? '');
    return { trained: [0, 1].filter(isBias), decayed: [] };
  }
  return roles[node.opType] ?? none;
}

/** Elements of all parameters together. */
export function parameterCount(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { length }) => sum + length, 0);
}

/** The parameters of a model as one flat array. */
export function readParameters(model: OnnxModel, parameters: readonly Parameter[]): Float32Array {
  const values = new Float32Array(parameterCount(parameters));
  for (const { name, offset } of parameters)
    values.set(model.graph.initializers.get(name)!.float32(), offset);
  return values;
}

/** The model with other values of its parameters. */
export function withParameters(
  model: OnnxModel,
  parameters: readonly Parameter[],
  values: Float32Array,
): OnnxModel {
  const initializers = new Map(model.graph.initializers);
  for (const { name, shape, offset, length } of parameters) {
    initializers.set(name, Constant.float32(values.slice(offset, offset + length), shape));
  }
  return { ...model, graph: { ...model.graph, initializers } };
}
