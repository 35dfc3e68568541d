import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  attribute,
  Constant,
  encodeModel,
  gradient,
  GraphBuilder,
  gradientName,
  nthName,
  rewrite,
  seedName,
  setOpset,
  splitGradient,
  type OnnxModel,
} from '../../../src/onnx/index.js';
import { noise, run, type Feeds } from '../run.js';
import { floatInfo, modelOf, tinyClassifier } from '../tiny-model.js';
import { checkNetwork } from './check-network.js';
import { assertClose } from './check-operator.js';
import { ir50, visionTransformer } from './networks.js';

const { float, int, ints } = attribute;

/** A network in the forms of opset 7, with operators whose form changed in 9, 10, 11, 13, 14 and 18. */
function opset7(): OnnxModel {
  const builder = new GraphBuilder();
  const weights = (shape: readonly number[], seed: number) =>
    builder.constant(
      Constant.float32(
        noise(
          shape.reduce((a, b) => a * b, 1),
          seed,
        ),
        shape,
      ),
    );
  const pads = ints([0, 0, 1, 1, 0, 0, 1, 1]);
  let x = builder.node('Pad', [builder.reserve('x')], { pads, value: float(0.1) });
  x = builder.node('Conv', [x, weights([4, 2, 3, 3], 1)], { kernel_shape: ints([3, 3]) });
  const [scale, bias, mean] = [2, 3, 4].map((seed) => weights([4], seed));
  const variance = builder.constant(Constant.float32([0.5, 1, 1.5, 2]));
  x = builder.node('BatchNormalization', [x, scale, bias, mean, variance]);
  x = builder.node('Clip', [x], { min: float(-0.8), max: float(0.9) });
  x = builder.node('Upsample', [x], { scales: { type: 'floats', value: [1, 1, 2, 2] } });
  x = builder.node('Slice', [x], { starts: ints([1, 0]), ends: ints([7, 8]), axes: ints([2, 3]) });
  const [left, right] = builder.nodes('Split', [x], { axis: int(1) }, { outputs: 2 });
  x = builder.node('Mul', [left, right]);
  x = builder.node('ReduceMean', [x], { axes: ints([3]), keepdims: int(0) });
  x = builder.node('Unsqueeze', [builder.node('ReduceSum', [x], { axes: ints([2]), keepdims: int(0) })], {
    axes: ints([2]),
  });
  x = builder.node('Softmax', [builder.node('Dropout', [x], { ratio: float(0.5) })], { axis: int(1) });
  builder.node('Squeeze', [x], { axes: ints([2]) }, { outputs: ['y'] });
  const graph = builder.build({
    inputs: [floatInfo('x', ['n', 2, 4, 4])],
    outputs: [floatInfo('y', ['n', 2])],
  });
  return modelOf(graph, 7);
}

/** Runs a gradient model with a fixed seed. */
function runGradient(model: OnnxModel, x: Feeds[string], seed: Feeds[string]) {
  return run(model, { x, [seedName('y')]: seed });
}

describe('gradient', () => {
  it('of an IR-50', () => checkNetwork(ir50(), 5e-3));

  it('of a vision transformer', () => checkNetwork(visionTransformer(), 1e-3));

  it('is the same in every opset', async () => {
    const x = [noise(32), [1, 2, 4, 4]] as const;
    const seed = [noise(2, 5), [1, 2]] as const;
    const original = opset7();
    const expected = await runGradient(gradient(original, { of: 'y', wrt: 'x' }), x, seed);
    assert.ok(expected[gradientName('x')].data.some((value) => Math.abs(value) > 1e-3));
    await checkNetwork(original, 1e-3);
    for (const opset of [9, 11, 13, 17, 21]) {
      const model = gradient(setOpset(original, opset), { of: 'y', wrt: 'x' });
      assert.deepEqual(await runGradient(model, x, seed), expected, `opset ${opset}`);
    }
  });

  for (const [name, network, size] of [
    ['an IR-50', ir50, 32],
    ['a vision transformer', visionTransformer, 16],
  ] as const) {
    it(`of ${name} for several seeds on one image, and for several images`, async () => {
      const model = network();
      const [output] = model.graph.outputs.map((info) => info.name);
      const differentiated = rewrite(gradient(model, { of: output, wrt: 'x' }));
      const count = 3;
      const images = noise(count * 3 * size * size);
      const width = output.startsWith('Gemm') ? 8 : 32;
      const seeds = noise(count * width, 3);
      const image = (i: number) =>
        [images.slice(i * 3 * size * size, (i + 1) * 3 * size * size), [1, 3, size, size]] as const;
      const seed = (i: number) => [seeds.slice(i * width, (i + 1) * width), [1, width]] as const;
      const session = await open(differentiated);
      const of = async (x: Feeds[string], s: Feeds[string]) => {
        const results = await session.run({ x: tensor(x), [seedName(output)]: tensor(s) });
        const { data, dims } = results[gradientName('x')];
        return { data: data as Float32Array, shape: dims };
      };

      const manySeeds = await of(image(0), [seeds, [count, width]]);
      const manyImages = await of([images, [count, 3, size, size]], [seeds, [count, width]]);
      assert.deepEqual(manySeeds.shape, [count, 3, size, size]);
      for (let i = 0; i < count; i++) {
        const rows = (data: Float32Array) => data.slice(i * 3 * size * size, (i + 1) * 3 * size * size);
        assertRelativelyClose(rows(manySeeds.data), (await of(image(0), seed(i))).data, 1e-5);
        assertRelativelyClose(rows(manyImages.data), (await of(image(i), seed(i))).data, 1e-5);
      }
    });
  }

  it('of a linear map has the closed form of the halves of a cosine', async () => {
    const [inputs, outputs] = [20, 8];
    const [w, x, other] = [noise(inputs * outputs, 1), noise(inputs, 2), noise(outputs, 3)];
    const builder = new GraphBuilder();
    const product = builder.constant(Constant.float32(w, [inputs, outputs]));
    builder.node('MatMul', [builder.reserve('x'), product], {}, { outputs: ['y'] });
    const graph = builder.build({
      inputs: [floatInfo('x', ['n', inputs])],
      outputs: [floatInfo('y', ['n', outputs])],
    });
    // The cosine itself is part of the graph, so that its rules are tested with it; the seed picks the arguments.
    const model = modelOf(graph);
    const cosine = new GraphBuilder(model.graph);
    const unit = cosine.node('LpNormalization', ['y'], { axis: int(1), p: int(2) });
    const length = Math.hypot(...other);
    const reference = other.map((value) => value / length);
    cosine.node(
      'Mul',
      [unit, cosine.constant(Constant.float32(reference, [1, outputs]))],
      {},
      { outputs: ['arguments'] },
    );
    const differentiated = gradient(
      { ...model, graph: cosine.build({ outputs: [floatInfo('arguments', ['n', outputs])] }) },
      { of: 'arguments', wrt: 'x', keep: ['y'] },
    );
    const { y } = await run(differentiated, {
      x: [x, [1, inputs]],
      [seedName('arguments')]: [new Float32Array(outputs), [1, outputs]],
    });
    const norm = Math.hypot(...y.data);
    const a = Array.from(y.data, (value) => value / norm);
    const positive = a.map((value, i) => value * reference[i] >= 0.3 / outputs);
    const seeds = [true, false].flatMap((half) => positive.map((each) => Number(each === half)));
    const result = await run(differentiated, {
      x: [x, [1, inputs]],
      [seedName('arguments')]: [Float32Array.from(seeds), [2, outputs]],
    });
    [true, false].forEach((half, row) => {
      const b = Array.from(reference, (value, i) => (positive[i] === half ? value : 0));
      const score = b.reduce((sum, value, i) => sum + value * a[i], 0);
      const v = b.map((value, i) => (value - score * a[i]) / norm);
      const expected = Array.from({ length: inputs }, (_, i) =>
        v.reduce((sum, value, o) => sum + value * w[i * outputs + o], 0),
      );
      const actual = result[gradientName('x')].data.slice(row * inputs, (row + 1) * inputs);
      assertClose(actual, expected, 1e-6, `half ${row}`);
    });
  });

  it('goes to intermediate tensors and initializers, and returns what is to be kept', async () => {
    const model = gradient(tinyClassifier(), {
      of: 'y',
      wrt: ['x', 'relu', 'w', 'b', 'fc', 'bias'],
      keep: ['relu', 'conv'],
    });
    assert.deepEqual(
      model.graph.outputs.map(({ name }) => name),
      ['y', 'relu', 'conv', ...['x', 'relu', 'w', 'b', 'fc', 'bias'].map(gradientName)],
    );
    const results = await runGradient(model, [noise(50), [1, 2, 5, 5]], [Float32Array.of(1, -2), [1, 2]]);
    assert.deepEqual([...results[gradientName('bias')].data], [1, -2]);
    assert.deepEqual(results[gradientName('w')].shape, [3, 2, 3, 3]);
    assert.deepEqual(results[gradientName('relu')].shape, results.relu.shape);
    // ∂y/∂relu is fc times the seed over the number of places, wherever the place.
    const expected = [1 * 1 - 2 * 2, -1 * 1 - 2 * 0.5, -2 * 1 - 2 * 1].map((value) => value / 25);
    results[gradientName('relu')].data.forEach((value, i) =>
      assert.ok(Math.abs(value - expected[Math.floor(i / 25)]) < 1e-7),
    );
    // The bias of the convolution gets the sum over the places at which its channel is not cut off.
    const bias = expected.map(
      (value, c) => value * results.relu.data.slice(c * 25, c * 25 + 25).filter((r) => r > 0).length,
    );
    assertClose(results[gradientName('b')].data, bias, 1e-6, 'bias');
  });

  it('with respect to parameters is the sum over several seeds on one image', async () => {
    const builder = new GraphBuilder();
    const slopes = builder.constant(Constant.float32([1, 2, 3], [1, 3]), 'slopes');
    builder.node('Mul', [builder.reserve('x'), slopes], {}, { outputs: ['y'] });
    const model = modelOf(
      builder.build({ inputs: [floatInfo('x', [1, 3])], outputs: [floatInfo('y', [1, 3])] }),
    );
    const results = await runGradient(
      gradient(model, { of: 'y', wrt: ['x', 'slopes'] }),
      [Float32Array.of(1, 2, 4), [1, 3]],
      [Float32Array.of(1, 0, 1, 0, 1, 2), [2, 3]],
    );
    assert.deepEqual([...results[gradientName('x')].data], [1, 0, 3, 0, 2, 6]);
    assert.deepEqual([...results[gradientName('slopes')].data], [1, 2, 12]);
  });

  it('stops at the tensor it is asked for', () => {
    const { graph } = gradient(tinyClassifier(), { of: 'y', wrt: 'pooled' });
    const operators = graph.nodes.map(({ opType }) => opType);
    assert.deepEqual(operators.slice(5), ['Gemm', 'Reshape', 'Identity']);
    const cut = gradient(tinyClassifier(), { of: 'relu', wrt: 'x' });
    assert.ok(!cut.graph.nodes.some(({ opType }) => opType === 'Gemm'));
    assert.ok(!cut.graph.initializers.has('fc'));
  });

  it('with several seeds an image is the same as with one after the other, rewritten too', async () => {
    for (const [model, size, width] of [
      [tinyClassifier(), 50, 2],
      [ir50(), 3072, 32],
      [visionTransformer(), 768, 8],
    ] as const) {
      const of = model.graph.outputs[0].name;
      const [batch, ...image] = model.graph.inputs[0].shape! as [number | string, ...number[]];
      const rows = typeof batch === 'number' ? batch : 2;
      const shape = [rows, ...image];
      const images = { x: tensor([noise(rows * size), shape]) };
      const seeds = [4, 5, 6].map((start) => tensor([noise(rows * width, start), [rows, width]]));
      const three = gradient(model, { of, wrt: 'x', seeds: 3 });
      const one = await open(gradient(model, { of, wrt: 'x' }));
      for (const version of [three, rewrite(three)]) {
        const fed = seeds.map((seed, at) => [nthName(seedName(of), at + 1), seed] as const);
        const together = await (await open(version)).run({ ...images, ...Object.fromEntries(fed) });
        for (const [at, seed] of seeds.entries()) {
          const alone = await one.run({ ...images, [seedName(of)]: seed });
          const [actual, expected] = [
            together[nthName(gradientName('x'), at + 1)],
            alone[gradientName('x')],
          ].map(({ data }) => data as Float32Array);
          assertRelativelyClose(actual, expected, 1e-4);
        }
      }
    }
  });

  it('split in two halves is the same, with one forward pass for all seeds', async () => {
    for (const [model, size, width] of [
      [tinyClassifier(), 50, 2],
      [ir50(), 3072, 32],
      [visionTransformer(), 768, 8],
    ] as const) {
      const of = model.graph.outputs[0].name;
      const shape = [1, ...(model.graph.inputs[0].shape!.slice(1) as number[])];
      const [x, seeds] = [noise(size), noise(3 * width, 4)];
      const { forward, backward, residuals } = splitGradient(model, { of, wrt: 'x' });
      const images = { x: tensor([x, shape]) };
      const seeded = { [seedName(of)]: tensor([seeds, [3, width]]) };
      assert.deepEqual(
        backward.graph.inputs.map(({ name }) => name),
        [seedName(of), ...residuals],
      );
      const activations = await (await open(forward)).run(images);
      const handedOn = Object.fromEntries(residuals.map((name) => [name, activations[name]]));
      const halves = await (await open(backward)).run({ ...handedOn, ...seeded });
      const whole = await (await open(gradient(model, { of, wrt: 'x' }))).run({ ...images, ...seeded });
      const [actual, expected] = [halves, whole].map(
        (result) => result[gradientName('x')].data as Float32Array,
      );
      assertRelativelyClose(actual, expected, 1e-6);
    }
  });
});

describe('gradient refuses', () => {
  it('operators without a rule, all by name and count', () => {
    const builder = new GraphBuilder();
    let x = builder.node('Det', [builder.reserve('x')]);
    x = builder.node('Einsum', [x], { equation: attribute.string('ii->i') });
    x = builder.node('Det', [builder.node('FancyNorm', [x], {}, { domain: 'org.example' })]);
    const model = modelOf(
      builder.build({ inputs: [floatInfo('x', [2, 2])], outputs: [floatInfo(x, undefined)] }),
    );
    assert.throws(
      () => gradient(model, { of: x, wrt: 'x', name: 'net.onnx' }),
      /net\.onnx: cannot be differentiated: there is no rule for Det \(2\), org\.example\.FancyNorm \(1\), Einsum with the repeated index in "ii->i" \(1\)$/,
    );
  });

  it('outputs that a rule does not look at, and what a subgraph reads', () => {
    const builder = new GraphBuilder();
    const x = builder.reserve('x');
    const scale = builder.constant(Constant.float32([1, 2]));
    const [normal, mean] = builder
      .nodes('LayerNormalization', [x, scale], {}, { outputs: ['normal', '', 'mean'] })
      .filter((name) => name !== '');
    const inner = (name: string) => {
      const branch = new GraphBuilder();
      branch.node('Neg', ['x'], {}, { outputs: [name] });
      return attribute.graph(branch.build({ name, inputs: [], outputs: [floatInfo(name, [1, 2])] }));
    };
    const condition = builder.constant(Constant.scalar(1, 'bool'));
    const branches = { then_branch: inner('a'), else_branch: inner('b') };
    const y = builder.node('Sum', [normal, mean, builder.node('If', [condition], branches)]);
    const model = modelOf(
      builder.build({ inputs: [floatInfo('x', [1, 2])], outputs: [floatInfo(y, [1, 2])] }),
    );
    assert.throws(
      () => gradient(model, { of: y, wrt: 'x' }),
      /If \(1\), LayerNormalization with a gradient of its output "mean" \(1\)/,
    );
  });

  it('tensors that do not exist, with names near them', () => {
    assert.throws(() => gradient(tinyClassifier(), { of: 'z', wrt: 'x' }), /has no tensor "z"/);
    assert.throws(
      () => gradient(tinyClassifier(), { of: 'y', wrt: 'rellu' }),
      /has no tensor "rellu" \(near it are relu/,
    );
  });

  it('what does not depend on the tensor', () => {
    assert.throws(
      () => gradient(tinyClassifier(), { of: 'relu', wrt: 'pooled' }),
      /"relu" does not depend on "pooled"/,
    );
  });
});

function open(model: OnnxModel): Promise<InferenceSession> {
  return InferenceSession.create(encodeModel(model), { logSeverityLevel: 3 });
}

function tensor([data, shape]: Feeds[string]): Tensor {
  return new Tensor('float32', data, shape);
}

function assertRelativelyClose(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  let [difference, norm] = [0, 0];
  expected.forEach((value, i) => {
    difference += (actual[i] - value) ** 2;
    norm += value ** 2;
  });
  assert.ok(norm > 0 && difference <= tolerance ** 2 * norm, `relative L2 ${Math.sqrt(difference / norm)}`);
}
