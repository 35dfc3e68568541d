import { attribute } from '../../src/onnx/attributes.js';
import { Constant } from '../../src/onnx/constant.js';
import { GraphBuilder } from '../../src/onnx/graph-builder.js';
import type { Graph, OnnxModel, ValueInfo } from '../../src/onnx/graph.js';

export function floatInfo(name: string, shape: ValueInfo['shape']): ValueInfo {
  return { name, elementType: 'float32', shape };
}

export function modelOf(graph: Graph, opset = 17, irVersion = 8): OnnxModel {
  return {
    irVersion,
    opsets: new Map([['', opset]]),
    producer: { name: 'test', version: '1' },
    metadata: new Map(),
    graph,
  };
}

/** Conv 3x3 - Relu - global average - Flatten - Gemm on [1, 2, 5, 5], with small exact weights. */
export function tinyClassifier(opset = 17): OnnxModel {
  const builder = new GraphBuilder();
  const x = builder.reserve('x');
  const weights = Constant.float32(
    Float32Array.from({ length: 54 }, (_, i) => ((i * 7) % 11) / 8 - 0.5),
    [3, 2, 3, 3],
  );
  const conv = builder.node(
    'Conv',
    [x, builder.constant(weights, 'w'), builder.constant(Constant.float32([0.25, -0.5, 0]), 'b')],
    { pads: attribute.ints([1, 1, 1, 1]), kernel_shape: attribute.ints([3, 3]) },
    { outputs: ['conv'] },
  );
  const relu = builder.node('Relu', [conv], {}, { outputs: ['relu'] });
  const pooled = builder.node('GlobalAveragePool', [relu], {}, { outputs: ['pooled'] });
  const flat = builder.node('Flatten', [pooled], { axis: attribute.int(1) }, { outputs: ['flat'] });
  const fc = builder.constant(Constant.float32([1, 2, -1, 0.5, -2, 1], [3, 2]), 'fc');
  const bias = builder.constant(Constant.float32([0.125, 0]), 'bias');
  builder.node('Gemm', [flat, fc, bias], {}, { outputs: ['y'] });
  return modelOf(
    builder.build({
      inputs: [floatInfo('x', [1, 2, 5, 5])],
      outputs: [floatInfo('y', [1, 2])],
    }),
    opset,
  );
}
