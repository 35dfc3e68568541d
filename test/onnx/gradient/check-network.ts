import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { gradient } from '../../../src/onnx/gradient/gradient.js';
import { gradientName, seedName } from '../../../src/onnx/gradient/names.js';
import { encodeModel, type OnnxModel } from '../../../src/onnx/index.js';
import { rewrite } from '../../../src/onnx/rewrite/rewrite.js';
import { RandomState } from '../../../src/tensor/random.js';

const steps = [3e-2, 1e-2, 3e-3, 1e-3, 3e-4];

/**
 * Checks the gradient of a random combination of all outputs with respect to the one input: the derivative along its own
 * direction, blended with a random one, against central differences; and that the rewritten model gives the same.
 * In float32 small steps drown in rounding and large ones cross corners, so the best of several steps counts.
 * @param tolerance relative to the derivative
 */
export async function checkNetwork(
  model: OnnxModel,
  tolerance: number,
  draw: (random: RandomState) => number = (random) => random.uniform(-1, 1),
): Promise<void> {
  const random = new RandomState(13);
  const [input] = model.graph.inputs;
  const outputs = model.graph.outputs.map(({ name }) => name);
  const shape = input.shape!.map((length, axis) =>
    typeof length === 'number' ? length : axis === 0 ? 1 : 24,
  );
  const size = shape.reduce((a, b) => a * b, 1);
  const x = Float32Array.from({ length: size }, () => draw(random));
  const backwardModel = gradient(model, { of: outputs, wrt: input.name });
  const [forward, backward, faster] = await Promise.all(
    [model, backwardModel, rewrite(backwardModel)].map(session),
  );

  const feeds = (values: Float32Array) => ({ [input.name]: new Tensor('float32', values, shape) });
  const seeds = Object.fromEntries(
    Object.entries(await forward.run(feeds(x))).map(([name, { dims, size: count }]) => [
      seedName(name),
      new Tensor(
        'float32',
        Float32Array.from({ length: count }, () => random.uniform(-1, 1)),
        dims,
      ),
    ]),
  );
  const results = await Promise.all([backward, faster].map((each) => each.run({ ...feeds(x), ...seeds })));
  const [plain, rewritten] = results.map((result) => result[gradientName(input.name)].data as Float32Array);
  const norm = length(plain);
  assert.ok(norm > 0, 'the gradient is zero');
  const difference = length(plain.map((value, i) => value - rewritten[i])) / norm;
  assert.ok(difference < 1e-3, `the rewritten model differs by ${difference}`);

  const objective = async (values: Float32Array) => {
    let sum = 0;
    for (const [name, { data }] of Object.entries(await forward.run(feeds(values)))) {
      const seed = seeds[seedName(name)].data;
      (data as Float32Array).forEach((value, i) => (sum += value * seed[i]));
    }
    return sum;
  };
  const direction = Float64Array.from(
    plain,
    (value) => value / norm + random.uniform(-1, 1) * Math.sqrt(3 / size),
  );
  const expected = direction.reduce((sum, value, i) => sum + value * plain[i], 0);
  const errors = [];
  for (const step of steps) {
    const above = await objective(Float32Array.from(x, (value, i) => value + step * direction[i]));
    const below = await objective(Float32Array.from(x, (value, i) => value - step * direction[i]));
    errors.push(Math.abs((above - below) / (2 * step) / expected - 1));
  }
  assert.ok(Math.min(...errors) <= tolerance, `relative errors ${errors.join(', ')}`);
  await Promise.all([forward, backward, faster].map((each) => each.release()));
}

function session(model: OnnxModel): Promise<InferenceSession> {
  return InferenceSession.create(encodeModel(model), {
    logSeverityLevel: 3,
    extra: { session: { set_denormal_as_zero: '1' } },
  });
}

function length(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0));
}
