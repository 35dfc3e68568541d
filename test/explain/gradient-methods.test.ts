import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Attribution, AttributionOptions } from '../../src/explain/attribution.js';
import { type Differentiable, openDifferentiable } from '../../src/explain/differentiable.js';
import { explainGradient } from '../../src/explain/gradient.js';
import { explainInputXGradient } from '../../src/explain/input-x-gradient.js';
import { explainIntegratedGradients } from '../../src/explain/integrated-gradients.js';
import { explainSmoothGrad } from '../../src/explain/smoothgrad.js';
import type { Target } from '../../src/explain/target.js';
import { attribute } from '../../src/onnx/attributes.js';
import { Constant, GraphBuilder } from '../../src/onnx/index.js';
import { Problem } from '../../src/problem.js';
import { RandomState } from '../../src/tensor/random.js';
import type { Tensor } from '../../src/tensor/tensor.js';
import { floatInfo, modelOf } from '../onnx/tiny-model.js';
import { onnxModel } from './onnx-model.js';
import {
  cardOf,
  linearNetwork,
  randomImage,
  relativeL2,
  side,
  size,
  smoothNetwork,
} from './small-networks.js';

const logits = cardOf({ kind: 'logits', classes: ['live', 'spoof'] });
const live: Target = { kind: 'class', class: 'live', of: 'logit' };
const probability: Target = { kind: 'class', class: 'live', of: 'probability' };
const threads = { threads: 1 };

const methods: readonly [
  string,
  (
    network: Differentiable,
    input: Tensor,
    target: Target,
    options?: AttributionOptions,
  ) => Promise<Attribution>,
][] = [
  ['gradient', explainGradient],
  ['input-x-gradient', explainInputXGradient],
  ['integrated-gradients', explainIntegratedGradients],
  ['smoothgrad', explainSmoothGrad],
];

/** From [height, width, channels] to one channel after the other. */
function planar({ data }: { readonly data: Float32Array }): Float32Array {
  const pixels = side * side;
  return data.map((_, at) => data[(at % pixels) * 3 + Math.floor(at / pixels)]);
}

describe('gradient methods on f(x) = W x, to 1e-6 (relative L2)', () => {
  const random = new RandomState(5);
  const weights = Float32Array.from({ length: 2 * size }, () => random.normal());
  const row = weights.subarray(0, size);
  const input = randomImage(1);
  let network: Differentiable;
  before(
    async () => (network = await openDifferentiable(await linearNetwork(weights, logits), 'y', threads)),
  );
  after(() => Promise.all([network.close(), network.model.close()]));

  it('gradient is W', async () => {
    const { channels, map } = await explainGradient(network, input, live);
    assert.ok(relativeL2(planar(channels), row) < 1e-6);
    const mean = Float32Array.from(
      { length: side * side },
      (_, pixel) => (Math.abs(row[pixel]) + Math.abs(row[pixel + 36]) + Math.abs(row[pixel + 72])) / 3,
    );
    assert.ok(relativeL2(map.data, mean) < 1e-6);
    assert.deepEqual([map.width, map.height], [side, side]);
  });

  it('input-x-gradient is W x, and adds up to the target', async () => {
    const { channels, map } = await explainInputXGradient(network, input, live);
    const products = row.map((weight, at) => weight * input.data[at]);
    assert.ok(relativeL2(planar(channels), products) < 1e-6);
    const total = map.data.reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(total - map.provenance.targetValue) < 1e-5);
  });

  it('integrated-gradients is W (x - x′) for every rule and baseline, and complete', async () => {
    for (const quadrature of ['gauss-legendre', 'trapezoid', 'middle'] as const) {
      for (const [baseline, value] of [
        ['black', -1],
        ['zero', 0],
        [randomImage(9), undefined],
      ] as const) {
        const explained = await explainIntegratedGradients(network, input, live, {
          quadrature,
          baseline,
          steps: 5,
        });
        const from = (at: number) => value ?? (baseline as Tensor).data[at];
        const products = row.map((weight, at) => weight * (input.data[at] - from(at)));
        assert.ok(relativeL2(planar(explained.channels), products) < 1e-6);
        assert.ok(Math.abs(explained.completenessError) < 1e-5);
      }
    }
  });

  it('smoothgrad is W, however much noise there is', async () => {
    const { channels } = await explainSmoothGrad(network, input, live, { samples: 4, noise: 2 });
    assert.ok(relativeL2(planar(channels), row) < 1e-6);
  });
});

describe('gradient methods on a network with a Tanh', () => {
  const input = randomImage(2);
  let network: Differentiable;
  before(async () => (network = await openDifferentiable(await smoothNetwork(2, logits), 'y', threads)));
  after(() => Promise.all([network.close(), network.model.close()]));

  for (const [name, explain] of methods) {
    it(`${name} does not depend on the batch size, to 1e-5`, async () => {
      for (const target of [live, probability]) {
        const whole = await explain(network, input, target, { batchSize: 16 });
        for (const batchSize of [1, 3]) {
          const parts = await explain(network, input, target, { batchSize });
          assert.ok(relativeL2(parts.channels.data, whole.channels.data) < 1e-5);
        }
      }
    });

    it(`${name} says what it did`, async () => {
      const { provenance } = (await explain(network, input, probability)).map;
      assert.equal(provenance.method, name);
      assert.ok(provenance.forwardPasses > 0 && provenance.backwardPasses > 0);
      assert.deepEqual(JSON.parse(JSON.stringify(provenance)), provenance);
    });
  }

  it('gradient is the derivative of a probability by central differences, to 1e-3', async () => {
    const { channels } = await explainGradient(network, input, probability);
    const differences = new Float64Array(size);
    const step = 1e-2;
    for (let at = 0; at < size; at += 7) {
      const value = async (by: number) => {
        const data = input.data.slice();
        data[at] += by;
        const [y] = await network.forward({ data, shape: input.shape });
        return 1 / (1 + Math.exp(y[1] - y[0]));
      };
      differences[at] = ((await value(step)) - (await value(-step))) / (2 * step);
    }
    const gradient = planar(channels).map((value, at) => (at % 7 === 0 ? value : 0));
    assert.ok(relativeL2(gradient, differences) < 1e-3, String(relativeL2(gradient, differences)));
  });

  it('integrated-gradients is complete with 50 steps, to 1e-5', async () => {
    const { completenessError, map, baselineValue } = await explainIntegratedGradients(
      network,
      input,
      probability,
    );
    assert.ok(Math.abs(completenessError) < 1e-5);
    assert.ok(Math.abs(map.provenance.targetValue - baselineValue) > 0.01);
  });

  it('smoothgrad follows its seed, and is the gradient without noise', async () => {
    const options = { samples: 8, noise: 0.3 };
    const first = await explainSmoothGrad(network, input, probability, { ...options, seed: 3 });
    const again = await explainSmoothGrad(network, input, probability, { ...options, seed: 3 });
    const other = await explainSmoothGrad(network, input, probability, { ...options, seed: 4 });
    assert.deepEqual(again.channels, first.channels);
    assert.notDeepEqual(other.channels, first.channels);
    assert.equal(first.map.provenance.seed, 3);
    const quiet = await explainSmoothGrad(network, input, probability, { samples: 3, noise: 0 });
    const gradient = await explainGradient(network, input, probability);
    assert.ok(relativeL2(quiet.channels.data, gradient.channels.data) < 1e-6);
  });
});

describe('gradient methods where something is wrong', () => {
  const embedding = cardOf({ kind: 'embedding', normalised: false });

  it('refuse the gradient of the similarity of an image to itself', async () => {
    const network = await openDifferentiable(await smoothNetwork(4, embedding), 'y', threads);
    await assert.rejects(
      explainGradient(network, randomImage(1), { kind: 'self-similarity' }),
      /every gradient is zero/,
    );
    await network.close();
    await network.model.close();
  });

  it('name a zero embedding, and a reference of another length', async () => {
    const model = await linearNetwork(new Float32Array(4 * size), embedding);
    const network = await openDifferentiable(model, 'y', threads);
    for (const [reference, reason] of [
      [Float32Array.of(1, 2, 3, 4), /embedding is zero/],
      [Float32Array.of(1, 2), /has 2 values/],
    ] as const) {
      await assert.rejects(
        explainGradient(network, randomImage(1), { kind: 'similarity', reference }),
        (error: Error) => error instanceof Problem && reason.test(error.message),
      );
    }
    await network.close();
    await model.close();
  });

  it('name outputs and gradients that are not finite', async () => {
    const weights = new Float32Array(2 * size).fill(1);
    weights[3] = NaN;
    const network = await openDifferentiable(await linearNetwork(weights, logits), 'y', threads);
    for (const [, explain] of methods) {
      await assert.rejects(
        explain(network, randomImage(1), live),
        (error: Error) => error instanceof Problem && error.message.includes('NaN'),
      );
    }
    await network.close();
    await network.model.close();
  });

  it('refuse a baseline that is the image, or of another size', async () => {
    const network = await openDifferentiable(await smoothNetwork(2, logits), 'y', threads);
    const input = randomImage(1);
    const from = (baseline: Tensor) => explainIntegratedGradients(network, input, live, { baseline });
    await assert.rejects(from(input), /is the image itself/);
    await assert.rejects(from({ data: new Float32Array(3), shape: [1, 3, 1, 1] }), /has the shape/);
    await network.close();
    await network.model.close();
  });

  it('name an operator without a rule, and the methods that work', async () => {
    const builder = new GraphBuilder();
    const lrn = builder.node('LRN', [builder.reserve('x')], { size: attribute.int(3) });
    const shape = builder.constant(Constant.int64([-1, size]));
    builder.node('Reshape', [lrn, shape], {}, { outputs: ['y'] });
    const graph = builder.build({
      inputs: [floatInfo('x', ['batch', 3, side, side])],
      outputs: [floatInfo('y', ['batch', size])],
    });
    const model = await onnxModel(modelOf(graph), embedding);
    await assert.rejects(openDifferentiable(model, 'y', threads), /no rule for LRN \(1\).*occlusion/);
    await model.close();
  });
});
