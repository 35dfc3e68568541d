import type { Card } from '../../src/model/card.js';
import type { Model } from '../../src/model/model.js';
import { attribute } from '../../src/onnx/attributes.js';
import { Constant, GraphBuilder } from '../../src/onnx/index.js';
import { RandomState } from '../../src/tensor/random.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';
import { onnxModel } from './onnx-model.js';

export const side = 6;
export const size = 3 * side * side;

export function cardOf(output: Card['outputs'][string], input: Partial<Card['input']> = {}): Card {
  return {
    name: 'small',
    task: output.kind === 'embedding' ? 'verification' : 'attribute',
    input: {
      width: side,
      height: side,
      layout: 'NCHW',
      channels: 'RGB',
      mean: [127.5],
      std: [127.5],
      crop: { kind: 'whole' },
      resize: 'linear',
      ...input,
    },
    outputs: { y: output },
  };
}

/** f(x) = W x; `weights` holds one row of W after the other. */
export function linearNetwork(weights: Float32Array, card: Card): Promise<Model> {
  const outputs = weights.length / size;
  const builder = new GraphBuilder();
  const flat = builder.node('Flatten', [builder.reserve('x')], { axis: attribute.int(1) });
  builder.node(
    'Gemm',
    [flat, builder.constant(Constant.float32(weights, [outputs, size]))],
    { transB: attribute.int(1) },
    { outputs: ['y'] },
  );
  return onnxModel(graphOf(builder, outputs), card);
}

/** Conv 3x3 - Tanh - Flatten - Gemm: smooth, so that nothing lies on a corner. */
export function smoothNetwork(outputs: number, card: Card): Promise<Model> {
  const random = new RandomState(11);
  const normal = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => scale * random.normal());
  const builder = new GraphBuilder();
  const conv = builder.node(
    'Conv',
    [builder.reserve('x'), builder.constant(Constant.float32(normal(108, 0.3), [4, 3, 3, 3]))],
    { pads: attribute.ints([1, 1, 1, 1]), kernel_shape: attribute.ints([3, 3]) },
  );
  const flat = builder.node('Flatten', [builder.node('Tanh', [conv])], { axis: attribute.int(1) });
  const length = 4 * side * side;
  builder.node(
    'Gemm',
    [flat, builder.constant(Constant.float32(normal(outputs * length, 0.2), [outputs, length]))],
    { transB: attribute.int(1) },
    { outputs: ['y'] },
  );
  return onnxModel(graphOf(builder, outputs), card);
}

function graphOf(builder: GraphBuilder, outputs: number) {
  return modelOf(
    builder.build({
      inputs: [floatInfo('x', ['batch', 3, side, side])],
      outputs: [floatInfo('y', ['batch', outputs])],
    }),
  );
}

/** Images of shape [1, 3, side, side] with values in -1..1. */
export function randomImage(seed: number): { data: Float32Array; shape: number[] } {
  const random = new RandomState(seed);
  return {
    data: Float32Array.from({ length: size }, () => random.uniform(-1, 1)),
    shape: [1, 3, side, side],
  };
}

export function relativeL2(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let [difference, norm] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i] - expected[i]) ** 2;
    norm += expected[i] ** 2;
  }
  return Math.sqrt(difference / norm);
}
