import { attribute, Constant, GraphBuilder, type OnnxModel } from '../../src/onnx/index.js';
import { RandomState } from '../../src/tensor/random.js';
import { Learner, type LearnerOptions } from '../../src/train/learner.js';
import type { Presented } from '../../src/train/learner.worker.js';
import { optimizerSettings } from '../../src/train/optimizers/optimizers.js';
import { trainableParameters } from '../../src/train/parameters.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';

const images = 32;
const [channels, side] = [2, 8];

/** Conv 3x3/2, BatchNormalization, PRelu, depthwise 3x3, 1x1, Relu, Flatten, Gemm: two logits. */
export function tinyNetwork(seed = 1): OnnxModel {
  const random = new RandomState(seed);
  const builder = new GraphBuilder();
  const normal = (shape: readonly number[], spread: number, name: string, centre = 0) => {
    const length = shape.reduce((product, each) => product * each, 1);
    const data = Float32Array.from({ length }, () => centre + spread * random.normal());
    return builder.constant(Constant.float32(data, shape), name);
  };
  const conv = (x: string, shape: readonly number[], name: string, strides: number, pad: number, group = 1) =>
    builder.node(
      'Conv',
      [x, normal(shape, 0.4, `${name}.weight`), normal([shape[0]], 0.1, `${name}.bias`)],
      {
        strides: attribute.ints([strides, strides]),
        pads: attribute.ints([pad, pad, pad, pad]),
        group: attribute.int(group),
      },
      { name },
    );
  const first = conv(builder.reserve('x'), [8, channels, 3, 3], 'first', 2, 1);
  const normalised = builder.node(
    'BatchNormalization',
    [
      first,
      normal([8], 0.1, 'norm.scale', 1),
      normal([8], 0.1, 'norm.bias'),
      normal([8], 0.1, 'norm.mean'),
      builder.constant(Constant.float32(new Float32Array(8).fill(1.5)), 'norm.variance'),
    ],
    {},
    { name: 'norm' },
  );
  const bent = builder.node(
    'PRelu',
    [normalised, normal([8, 1, 1], 0.1, 'slope', 0.25)],
    {},
    { name: 'bend' },
  );
  const apart = conv(bent, [8, 1, 3, 3], 'depthwise', 1, 1, 8);
  const mixed = builder.node('Relu', [conv(apart, [16, 8, 1, 1], 'pointwise', 1, 0)]);
  const flat = builder.node('Flatten', [mixed], { axis: attribute.int(1) });
  builder.node(
    'Gemm',
    [flat, normal([256, 2], 0.1, 'last.weight'), normal([2], 0.1, 'last.bias')],
    {},
    { outputs: ['logits'], name: 'last' },
  );
  return modelOf(
    builder.build({
      inputs: [floatInfo('x', ['n', channels, side, side])],
      outputs: [floatInfo('logits', ['n', 2])],
    }),
  );
}

/** Noise with labels that have nothing to do with it. */
export function noise(seed = 2): { values: number[]; shape: number[]; rows: Presented[] } {
  const random = new RandomState(seed);
  const values = Array.from({ length: images * channels * side * side }, () => random.normal());
  const rows = Array.from({ length: images }, (_, item): Presented => {
    const label = random.integer(0, 2);
    return { item, target: [label, 1 - label], weight: 1 };
  });
  return { values, shape: [channels, side, side], rows };
}

export function tinyLearner(
  data: { values: readonly number[]; shape: readonly number[] },
  options: Partial<LearnerOptions> = {},
): Learner {
  const model = options.model ?? tinyNetwork();
  return new Learner({
    model,
    logits: 'logits',
    loss: 'softmax-cross-entropy',
    parameters: trainableParameters(model, { of: 'logits' }),
    optimizer: optimizerSettings('adam'),
    source: {
      module: new URL('./memory-rows.js', import.meta.url),
      options: { values: data.values, shape: data.shape },
    },
    batchSize: 16,
    pieceSize: 4,
    workers: 1,
    name: 'tiny',
    ...options,
  });
}
