import type { ImportGraph } from '../import-graph.js';
import type { TfliteOperator } from '../tflite-model.js';
import type { Converter, Converters } from './converter.js';
import { windowAttributes } from './window-attributes.js';

export const pooling: Converters = {
  MAX_POOL_2D: pool('MaxPool'),
  /** As in ONNX by default, padding does not count. */
  AVERAGE_POOL_2D: pool('AveragePool'),
};

function pool(opType: string): Converter {
  return ({ inputs: [input], outputs: [output], options }: TfliteOperator, graph: ImportGraph) => {
    const attributes = windowAttributes(graph, input, {
      padding: options?.int8(0) ?? 0,
      kernel: [options?.int32(4) ?? 1, options?.int32(3) ?? 1],
      strides: [options?.int32(2) ?? 1, options?.int32(1) ?? 1],
      dilations: [1, 1],
    });
    const activation = options?.int8(5) ?? 0;
    graph.compute(
      output,
      'channelsFirst',
      opType,
      [graph.name(input, 'channelsFirst')],
      attributes,
      activation,
    );
  };
}
