import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';

/** Adds the ONNX nodes for one operator; throws `Unsupported` where a setting of it cannot be expressed. */
export type Converter = (operator: TfliteOperator, graph: ImportGraph) => void;

export type Converters = Readonly<Record<string, Converter>>;
