import type { OnnxModel, ValueInfo } from '../graph.js';
import { inferShapes } from '../shape/infer-shapes.js';
import { operatorOf } from '../shape/operators/index.js';
import { spatialLayers, type SpatialLayer } from './spatial-layers.js';

/** What a model is made of. */
export interface ModelInspection {
  readonly irVersion: number;
  /** Versions of the operator sets, by domain; '' is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly inputs: readonly ValueInfo[];
  /** With the shapes that follow from the inputs', where the file gives none. */
  readonly outputs: readonly ValueInfo[];
  /** How often each operator occurs, most frequent first. */
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  /** Operators whose effect on shapes is not known, so that nothing after them can be told. */
  readonly unknownOperators: readonly string[];
  /** Number of stored numbers, those that hold sizes and axes excepted. */
  readonly parameters: number;
  /** Bytes that the stored tensors take. */
  readonly weightBytes: number;
  readonly spatialLayers: readonly SpatialLayer[];
}

/** Describes a model without running it. */
export function inspectModel(model: OnnxModel): ModelInspection {
  const { graph } = model;
  const facts = inferShapes(model);
  const counts = new Map<string, number>();
  const unknown = new Set<string>();
  for (const node of graph.nodes) {
    const name = node.domain === '' ? node.opType : `${node.domain}.${node.opType}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (operatorOf(node) === undefined) unknown.add(name);
  }
  const weights = [...graph.initializers.values()];
  return {
    irVersion: model.irVersion,
    opsets: Object.fromEntries(model.opsets),
    producer: [model.producer.name, model.producer.version].filter((part) => part !== '').join(' '),
    inputs: graph.inputs,
    outputs: graph.outputs.map((output) => ({
      ...output,
      elementType: output.elementType ?? facts.get(output.name)?.elementType,
      shape: output.shape ?? facts.get(output.name)?.shape,
    })),
    operators: Array.from(counts, ([name, count]) => ({ name, count })).sort(
      (a, b) => b.count - a.count || (a.name < b.name ? -1 : 1),
    ),
    unknownOperators: [...unknown],
    parameters: weights
      .filter(({ elementType }) => elementType !== 'int64' && elementType !== 'bool')
      .reduce((sum, { size }) => sum + size, 0),
    weightBytes: weights.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
    spatialLayers: spatialLayers(model),
  };
}
