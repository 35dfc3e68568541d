import type { Card } from '../../src/model/card.js';
import { attribute } from '../../src/onnx/attributes.js';
import { encodeModel } from '../../src/onnx/codec/encode-model.js';
import { Constant } from '../../src/onnx/constant.js';
import { GraphBuilder } from '../../src/onnx/graph-builder.js';
import { RandomState } from '../../src/tensor/random.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';

/** Size of the input of the tiny network. */
export const [width, height] = [20, 16];

export const card: Card = {
  name: 'tiny-pad',
  task: 'pad',
  input: {
    name: 'x',
    width,
    height,
    layout: 'NCHW',
    channels: 'BGR',
    mean: [127.5],
    std: [128],
    crop: { kind: 'whole' },
    resize: 'linear',
  },
  outputs: { y: { kind: 'logits', classes: ['attack', 'live'] } },
  bonaFide: 'live',
};

/** Two logits that look at every pixel with a weight of its own. */
export function tinyPad(): Uint8Array {
  const random = new RandomState(7);
  const inputs = 3 * width * height;
  const weights = Float32Array.from({ length: 2 * inputs }, () => (random.integer(0, 2001) - 1000) / 20000);
  const builder = new GraphBuilder();
  const flat = builder.node(
    'Flatten',
    [builder.reserve('x')],
    { axis: attribute.int(1) },
    { outputs: ['flat'] },
  );
  builder.node(
    'Gemm',
    [flat, builder.constant(Constant.float32(weights, [2, inputs]), 'w')],
    { transB: attribute.int(1) },
    { outputs: ['y'] },
  );
  return encodeModel(
    modelOf(
      builder.build({
        inputs: [floatInfo('x', ['n', 3, height, width])],
        outputs: [floatInfo('y', ['n', 2])],
      }),
    ),
  );
}
