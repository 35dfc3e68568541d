import { attribute } from '../../src/onnx/attributes.js';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import { GraphBuilder } from '../../src/onnx/graph-builder.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';

/** A model file: Relu, then the mean of each channel; from x [1, 3, 8, 8] to y [1, 3]. */
export function channelMeans(): Uint8Array {
  const builder = new GraphBuilder();
  const relu = builder.node('Relu', [builder.reserve('x')], {}, { outputs: ['relu'] });
  const pooled = builder.node('GlobalAveragePool', [relu], {}, { outputs: ['pooled'] });
  builder.node('Flatten', [pooled], { axis: attribute.int(1) }, { outputs: ['y'] });
  const graph = builder.build({ inputs: [floatInfo('x', [1, 3, 8, 8])], outputs: [floatInfo('y', [1, 3])] });
  return encodeModel(modelOf(graph, 13));
}
