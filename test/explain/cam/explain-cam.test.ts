import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CamExplanation, CamOptions } from '../../../src/explain/cam/cam-explanation.js';
import { explainCam } from '../../../src/explain/cam/explain-cam.js';
import { type CamMethod, gradientCams, isGradientCam } from '../../../src/explain/cam/methods.js';
import { type CamNetwork, openCam } from '../../../src/explain/cam/open-cam.js';
import { bindTarget, type Target } from '../../../src/explain/target.js';
import { loadOpenCv, type OpenCv } from '../../../src/image/opencv.js';
import type { CardOutput } from '../../../src/model/card.js';
import type { Model } from '../../../src/model/model.js';
import { attribute } from '../../../src/onnx/attributes.js';
import { Constant, GraphBuilder } from '../../../src/onnx/index.js';
import { Problem } from '../../../src/problem.js';
import { RandomState } from '../../../src/tensor/random.js';
import { floatInfo, modelOf } from '../../onnx/tiny-model.js';
import { onnxModel } from '../onnx-model.js';
import { cardOf, linearNetwork, randomImage, relativeL2, side, size } from '../small-networks.js';

const names = [
  'gradcam',
  'gradcam++',
  'layercam',
  'xgradcam',
  'hirescam',
  'scorecam',
  'ablationcam',
  'eigencam',
] as const satisfies readonly CamMethod['name'][];
const pixels = side * side;

interface Shape {
  readonly channels?: number;
  /** Weights of the last layer, one row a class. */
  readonly weights: readonly (readonly number[])[];
  readonly end?: 'Softmax' | 'Sigmoid';
  /** Adds the mean of the image to every logit, by a branch that goes around the convolution. */
  readonly around?: boolean;
}

/** Conv 3x3 ("conv") - Relu ("layer") - global average - Gemm ("scores") - perhaps Softmax or Sigmoid. */
async function network(
  { channels = 3, weights, end, around = false }: Shape,
  output: CardOutput,
): Promise<Model> {
  const random = new RandomState(3);
  const builder = new GraphBuilder();
  const kernel = Float32Array.from({ length: channels * 27 }, () => 0.4 * random.normal());
  const x = builder.reserve('x');
  builder.node(
    'Conv',
    [x, builder.constant(Constant.float32(kernel, [channels, 3, 3, 3]))],
    { pads: attribute.ints([1, 1, 1, 1]), kernel_shape: attribute.ints([3, 3]) },
    { outputs: ['conv'] },
  );
  builder.node('Relu', ['conv'], {}, { outputs: ['layer'] });
  const averages = builder.node('Flatten', [builder.node('GlobalAveragePool', ['layer'])]);
  let features = averages;
  if (around) {
    const axes = attribute.ints([1, 2, 3]);
    const mean = builder.node('ReduceMean', [x], { axes, keepdims: attribute.int(0) });
    const column = builder.node('Unsqueeze', [mean, builder.constant(Constant.int64([1]))]);
    features = builder.node('Concat', [averages, column], { axis: attribute.int(1) });
  }
  const rows = weights.map((row) => (around ? [...row, 1] : row));
  builder.node(
    'Gemm',
    [features, builder.constant(Constant.float32(rows.flat(), [rows.length, rows[0].length]))],
    { transB: attribute.int(1) },
    { outputs: [end === undefined ? 'y' : 'scores'] },
  );
  // A Reshape behind it, which the logits are looked for through.
  if (end !== undefined) {
    const shape = builder.constant(Constant.int64([-1, weights.length]));
    builder.node('Reshape', [builder.node(end, ['scores']), shape], {}, { outputs: ['y'] });
  }
  const graph = builder.build({
    inputs: [floatInfo('x', ['batch', 3, side, side])],
    outputs: [floatInfo('y', ['batch', weights.length])],
  });
  return onnxModel(modelOf(graph), cardOf(output));
}

const weights = [
  [1, -2, 0.5],
  [-0.5, 1, 2],
];
const logits: CardOutput = { kind: 'logits', classes: ['live', 'spoof'] };
const live: Target = { kind: 'class', class: 'live', of: 'logit' };
const input = randomImage(4);

describe('explainCam', () => {
  let cv: OpenCv;
  // Each session is a thread of its own, so that the tests share them.
  const models = new Map<string, Model>();
  const cams = new Map<Model, Map<string, CamNetwork>>();
  async function open(shape: Shape, output: CardOutput): Promise<Model> {
    const key = JSON.stringify([shape, output]);
    const model = models.get(key) ?? (await network(shape, output));
    models.set(key, model);
    return model;
  }
  async function camOf(
    model: Model,
    output: string,
    options: { readonly layers?: readonly string[] | undefined; readonly gradient: boolean },
  ): Promise<CamNetwork> {
    const own = cams.get(model) ?? new Map<string, CamNetwork>();
    cams.set(model, own);
    const key = JSON.stringify([output, options]);
    const cam = own.get(key) ?? (await openCam(model, output, { ...options, threads: 1 }));
    own.set(key, cam);
    return cam;
  }
  before(async () => (cv = await loadOpenCv()));
  after(async () => {
    for (const own of cams.values()) for (const cam of own.values()) await cam.close();
    for (const model of models.values()) await model.close();
  });

  async function explain(
    model: Model,
    target: Target,
    method: CamMethod,
    { layers, ...options }: CamOptions & { readonly layers?: readonly string[] } = {},
  ): Promise<CamExplanation> {
    const { output } = bindTarget(target, model.card, model.activations);
    const cam = await camOf(model, output, { layers, gradient: isGradientCam(method) });
    return explainCam(cv, cam, input, target, method, { concurrency: 1, ...options });
  }

  /** The channels of the layer for the image. */
  async function activations(model: Model): Promise<Float32Array[]> {
    const cam = await camOf(model, 'y', { layers: ['layer'], gradient: false });
    const [{ activations: values }] = (await cam.activations(input)).layers;
    return Array.from({ length: values.length / pixels }, (_, k) =>
      values.slice(k * pixels, (k + 1) * pixels),
    );
  }

  const sum = (maps: readonly Float32Array[], factors: readonly number[]) =>
    Float64Array.from({ length: pixels }, (_, at) =>
      maps.reduce((total, map, k) => total + factors[k] * map[at], 0),
    );
  const mean = (map: Float32Array) => map.reduce((total, value) => total + value, 0) / pixels;

  it('gradcam, xgradcam and hirescam are the class activation map where averages go into a linear layer, to 1e-5', async () => {
    const model = await open({ weights }, logits);
    const maps = await activations(model);
    const expected = sum(
      maps,
      weights[0].map((weight) => weight / pixels),
    );
    for (const name of ['gradcam', 'xgradcam', 'hirescam'] as const) {
      const { map, layers, notes } = await explain(model, live, { name });
      assert.ok(relativeL2(map.data, expected) < 1e-5, name);
      assert.deepEqual([map.width, map.height, layers[0].layer, notes], [side, side, 'layer', []]);
      const { targetValue, target, parameters, forwardPasses, backwardPasses } = map.provenance;
      assert.equal(target, 'logit of live');
      assert.deepEqual(parameters.explained, { tensor: 'y' });
      assert.deepEqual([forwardPasses, backwardPasses], [1, 1]);
      // The values of hirescam add up to the target where there is no bias.
      const total = map.data.reduce((all, value) => all + value, 0);
      assert.ok(Math.abs(total - targetValue) < 1e-5);
    }
  });

  it('ablationcam weighs w · mean(A) / |score| there, also where a branch goes around the layer, to 1e-5', async () => {
    for (const around of [false, true]) {
      const model = await open({ weights, around }, logits);
      const maps = await activations(model);
      const { map } = await explain(model, live, { name: 'ablationcam' }, { layers: ['layer'] });
      const value = map.provenance.targetValue;
      const expected = sum(
        maps,
        maps.map((each, k) => (weights[0][k] * mean(each)) / Math.abs(value)),
      );
      assert.ok(relativeL2(map.data, expected) < 1e-5);
      assert.equal(map.provenance.forwardPasses, 4);
    }
  });

  it('scorecam of one channel is the activation once both are normalised, to 1e-6', async () => {
    const model = await open({ channels: 1, weights: [[1], [-1]] }, logits);
    const [channel] = await activations(model);
    const probability = { kind: 'class', class: 'live' } as const;
    const { map } = await explain(model, probability, { name: 'scorecam' }, { relu: true });
    const normalised = (values: Float32Array) => {
      const [least, most] = [Math.min(...values), Math.max(...values)];
      return values.map((value) => (value - least) / (most - least));
    };
    assert.ok(Math.max(...channel) > 0);
    assert.ok(relativeL2(normalised(map.data), normalised(channel)) < 1e-6);
  });

  it('scorecam and ablationcam do not depend on the batch size or the lanes, to 1e-6', async () => {
    const random = new RandomState(8);
    const many = [0, 1].map(() => Array.from({ length: 20 }, () => random.normal()));
    const model = await open({ channels: 20, weights: many }, logits);
    for (const name of ['scorecam', 'ablationcam'] as const) {
      const whole = await explain(model, live, { name }, { batchSize: 16 });
      for (const options of [{ batchSize: 1 }, { batchSize: 3 }, { batchSize: 3, concurrency: 2 }]) {
        const parts = await explain(model, live, { name }, options);
        assert.ok(relativeL2(parts.map.data, whole.map.data) < 1e-6);
      }
    }
  });

  it('tries only so many channels as are asked for, and says so', async () => {
    const model = await open({ weights }, logits);
    for (const name of ['scorecam', 'ablationcam'] as const) {
      const { map, notes } = await explain(model, live, { name, maxChannels: 2 });
      assert.equal(map.provenance.forwardPasses, 3);
      assert.match(notes.join(), /2 of 3 channels/);
    }
  });

  it('explains the logits of a network that ends in softmax or sigmoid, and the negated one of the other class', async () => {
    const plain = await explain(await open({ weights }, logits), live, { name: 'gradcam' });
    const softmax = await open(
      { weights, end: 'Softmax' },
      { kind: 'probabilities', classes: ['live', 'spoof'] },
    );
    const found = await explain(softmax, live, { name: 'gradcam' });
    assert.ok(relativeL2(found.map.data, plain.map.data) < 1e-6);
    assert.deepEqual(found.map.provenance.parameters.explained, {
      tensor: 'scores',
      before: 'softmax of "y"',
    });

    const sigmoid = await open(
      { weights: [weights[0]], end: 'Sigmoid' },
      { kind: 'probability', class: 'live', other: 'spoof' },
    );
    const one = await explain(sigmoid, live, { name: 'gradcam' });
    assert.ok(relativeL2(one.map.data, plain.map.data) < 1e-6);
    const other = await explain(sigmoid, { ...live, class: 'spoof' }, { name: 'gradcam' });
    assert.ok(
      relativeL2(
        other.map.data.map((value) => -value),
        plain.map.data,
      ) < 1e-6,
    );
    assert.equal(other.map.provenance.targetValue, -one.map.provenance.targetValue);
  });

  it('is finite where logits are 1e4 and more, and where probabilities have saturated', async () => {
    const large = weights.map((row) => row.map((weight) => weight * 1e5));
    const model = await open({ weights: large }, logits);
    for (const name of names) {
      for (const of of ['logit', 'probability'] as const) {
        const { map } = await explain(model, { ...live, of }, { name });
        assert.ok(Math.abs(map.provenance.targetValue) > 1e4 || of === 'probability');
        assert.ok(map.data.every(Number.isFinite), `${name} of the ${of}`);
      }
    }
    const { notes, map } = await explain(model, { ...live, of: 'probability' }, { name: 'gradcam' });
    assert.ok(map.data.every((value) => value === 0));
    assert.match(notes.join(), /gradient is zero everywhere.*the map is 0 everywhere/);
  });

  it('of a constant layer is constant, with a note', async () => {
    const model = await open({ weights }, logits);
    const same = { data: new Float32Array(size), shape: input.shape };
    for (const name of names) {
      const cam = await camOf(model, 'y', { gradient: name in gradientCams });
      const { map, notes } = await explainCam(cv, cam, same, live, { name });
      assert.ok(map.data.every((value) => value === map.data[0] && Number.isFinite(value)));
      assert.match(notes.join(), /everywhere, so it tells no pixel from another/);
    }
  });

  it('drops what is below 0 on request, and keeps it otherwise', async () => {
    const model = await open({ weights }, logits);
    const signed = await explain(model, live, { name: 'gradcam' });
    const relu = await explain(model, live, { name: 'gradcam' }, { relu: true });
    assert.ok(Math.min(...signed.map.data) < 0);
    assert.deepEqual(
      relu.map.data,
      signed.map.data.map((value) => Math.max(0, value)),
    );
  });

  it('fuses several layers as the mean of the maps divided by their largest absolute values', async () => {
    const model = await open({ weights }, logits);
    const parts = await Promise.all(
      ['conv', 'layer'].map((layer) => explain(model, live, { name: 'hirescam' }, { layers: [layer] })),
    );
    const fused = await explain(model, live, { name: 'hirescam' }, { layers: ['conv', 'layer'] });
    const scaled = parts.map(({ map }) => {
      const largest = Math.max(...map.data.map(Math.abs));
      return map.data.map((value) => value / largest);
    });
    assert.ok(relativeL2(fused.map.data, sum(scaled, [0.5, 0.5])) < 1e-6);
    assert.deepEqual(
      fused.layers.map(({ layer }) => layer),
      ['conv', 'layer'],
    );
  });

  it('names the layers where another is asked for, and other methods where there is none', async () => {
    const model = await open({ weights }, logits);
    const refused = async (which: Model, layers: readonly string[] | undefined, message: RegExp) =>
      assert.rejects(
        openCam(which, 'y', { layers, threads: 1 }),
        (error) => error instanceof Problem && message.test(error.message),
      );
    await refused(model, ['conw'], /conw: is not computed by small.*the layers are layer/);
    await refused(model, ['y'], /y: is no batch of maps in small: its shape is \[1, 2\]/);
    const linear = await linearNetwork(new Float32Array(2 * size), cardOf(logits));
    await refused(linear, undefined, /no layer with a height and a width.*occlusion/);
    await linear.close();
  });

  it('refuses the similarity of an image to itself where it needs a gradient', async () => {
    const model = await open({ weights }, { kind: 'embedding', normalised: false });
    await assert.rejects(explain(model, { kind: 'self-similarity' }, { name: 'gradcam' }), /--reference/);
    const reference = Float32Array.of(1, -1);
    const { map } = await explain(model, { kind: 'similarity', reference }, { name: 'gradcam' });
    assert.deepEqual([map.provenance.forwardPasses, map.provenance.backwardPasses], [2, 1]);
  });
});
