import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importKeras } from '../../../src/onnx/import/keras/import-keras.js';
import { Problem } from '../../../src/problem.js';
import { noise, run } from '../run.js';
import { identiFace, type Weight } from './identiface.js';
import { kerasHdf5, type LayerJson, type Weights } from './keras-hdf5.js';

/** A convolution of 3x3 with a border of zeros, in double precision. Images are [height][width][channels] in a row. */
function conv3(x: Float64Array, side: number, [kernel, shape]: Weight, bias: Float32Array): Float64Array {
  const [, , channels, filters] = shape;
  const out = new Float64Array(side * side * filters);
  for (let y = 0; y < side; y++)
    for (let at = 0; at < side; at++)
      for (let i = -1; i <= 1; i++)
        for (let j = -1; j <= 1; j++) {
          if (y + i < 0 || y + i >= side || at + j < 0 || at + j >= side) continue;
          for (let c = 0; c < channels; c++) {
            const value = x[((y + i) * side + at + j) * channels + c];
            const from = ((i + 1) * 3 + (j + 1)) * channels * filters + c * filters;
            const to = (y * side + at) * filters;
            for (let f = 0; f < filters; f++) out[to + f] += value * kernel[from + f];
          }
        }
  return out.map((value, i) => Math.max(0, value + bias[i % filters]));
}

function pool2(x: Float64Array, side: number, channels: number): Float64Array {
  const half = side / 2;
  return Float64Array.from({ length: half * half * channels }, (_, at) => {
    const c = at % channels;
    const column = Math.floor(at / channels) % half;
    const row = Math.floor(at / channels / half);
    const places = [0, 1].flatMap((i) => [0, 1].map((j) => (2 * row + i) * side + 2 * column + j));
    return Math.max(...places.map((place) => x[place * channels + c]));
  });
}

function dense(x: Float64Array, [kernel, [inputs, units]]: Weight, bias: Float32Array): Float64Array {
  const out = Float64Array.from(bias);
  for (let i = 0; i < inputs; i++) for (let u = 0; u < units; u++) out[u] += x[i] * kernel[i * units + u];
  return out;
}

/** The same network once more, written down without the importer. */
function identiFaceByHand(input: Float32Array, weights: Weights): Float64Array {
  let x: Float64Array = Float64Array.from(input);
  let side = 48;
  for (const [block, count] of [2, 2, 3].entries()) {
    let channels = 0;
    for (let i = 1; i <= count; i++) {
      const { kernel, bias } = weights[`block${block + 1}_conv${i}`];
      x = conv3(x, side, kernel, bias[0]);
      channels = bias[0].length;
    }
    x = pool2(x, side, channels);
    side /= 2;
  }
  x = dense(x, weights.dense.kernel, weights.dense.bias[0]).map((value) => Math.max(0, value));
  const logits = dense(x, weights.gender.kernel, weights.gender.bias[0]);
  const powers = logits.map((value) => Math.exp(value - Math.max(...logits)));
  return powers.map((value) => value / powers.reduce((a, b) => a + b, 0));
}

function input(shape: readonly (number | null)[]): LayerJson {
  return {
    class_name: 'InputLayer',
    name: 'x',
    config: { name: 'x', batch_input_shape: shape },
    inbound_nodes: [],
  };
}

function layer(class_name: string, config: object, from: readonly string[], name = 'y'): LayerJson {
  return {
    class_name,
    name,
    config: { name, ...config },
    inbound_nodes: [from.map((source) => [source, 0, 0, {}])],
  };
}

function functional(layers: readonly LayerJson[], output = 'y') {
  return {
    class_name: 'Model',
    config: { name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: [[output, 0, 0]] },
  };
}

/** What a functional model of one image [1, 2, 2, 2] = 1 .. 8 gives, for which the result can be told by hand. */
async function small(layers: readonly LayerJson[], weights: Weights = {}): Promise<number[]> {
  const model = await importKeras(await kerasHdf5(functional([input([null, 2, 2, 2]), ...layers]), weights));
  const x = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
  const { y } = await run(model, { x: [x, [1, 2, 2, 2]] });
  return [...y.data].map((value) => Math.round(value * 1e4) / 1e4);
}

const one = (...values: readonly number[]) => [Float32Array.from(values), [values.length]] as const;

describe('importKeras', () => {
  it("gives IdentiFace's probabilities as worked out by hand (random weights; 1e-5)", async () => {
    const { config, weights } = identiFace();
    const model = await importKeras(await kerasHdf5(config, weights));
    assert.deepEqual(
      model.graph.inputs.map(({ name, shape }) => [name, shape]),
      [['block1_conv1_input', ['batch', 48, 48, 1]]],
    );
    const parameters = Object.values(weights).flatMap((own) => Object.values(own));
    assert.equal(
      parameters.reduce((sum, [data]) => sum + data.length, 0),
      6_454_466,
    );
    const x = noise(48 * 48).map((value) => (value + 1) / 2);
    const { gender } = await run(model, { block1_conv1_input: [x, [1, 48, 48, 1]] });
    const expected = identiFaceByHand(x, weights);
    expected.forEach((value, i) => assert.ok(Math.abs(value - gender.data[i]) < 1e-5, String(gender.data)));
  });

  it('flattens in the order height, width, channels', async () => {
    assert.deepEqual(await small([layer('Flatten', {}, ['x'])]), [1, 2, 3, 4, 5, 6, 7, 8]);
    const relu = layer('ReLU', { max_value: 6 }, ['x'], 'r');
    const pool = layer('MaxPooling2D', { pool_size: [2, 1], strides: null, padding: 'valid' }, ['r'], 'p');
    assert.deepEqual(await small([relu, pool, layer('Flatten', {}, ['p'])]), [5, 6, 6, 6]);
  });

  it('imports convolutions by channel, with their two kernels', async () => {
    const depthwise = [Float32Array.from([2, 1, 3, 1]), [1, 1, 2, 2]] as const;
    assert.deepEqual(
      await small([layer('DepthwiseConv2D', { padding: 'valid', use_bias: false }, ['x'])], {
        y: { depthwise_kernel: depthwise },
      }),
      [2, 1, 6, 2, 6, 3, 12, 4, 10, 5, 18, 6, 14, 7, 24, 8],
    );
    assert.deepEqual(
      await small([layer('SeparableConv2D', { padding: 'same', activation: 'linear' }, ['x'])], {
        y: {
          depthwise_kernel: depthwise,
          pointwise_kernel: [Float32Array.from([1, -1, 1, 0]), [1, 1, 4, 1]],
          bias: one(0.5),
        },
      }),
      [7.5, 15.5, 23.5, 31.5],
    );
  });

  it('imports normalisation, poolings, joins, paddings and activations', async () => {
    assert.deepEqual(
      await small([layer('BatchNormalization', { axis: [3], epsilon: 0, scale: false }, ['x'])], {
        y: { beta: one(1, 0), moving_mean: one(1, 2), moving_variance: one(4, 16) },
      }),
      [1, 0, 2, 0.5, 3, 1, 4, 1.5],
    );
    assert.deepEqual(await small([layer('GlobalAveragePooling2D', {}, ['x'])]), [4, 5]);
    assert.deepEqual(await small([layer('GlobalMaxPooling2D', {}, ['x'])]), [7, 8]);
    // At the border the average is over the pixels that are there.
    assert.deepEqual(
      await small([layer('AveragePooling2D', { pool_size: 2, strides: 1, padding: 'same' }, ['x'])]),
      [4, 5, 5, 6, 6, 7, 7, 8],
    );
    assert.deepEqual(await small([layer('Add', {}, ['x', 'x'])]), [2, 4, 6, 8, 10, 12, 14, 16]);
    assert.deepEqual(
      await small([layer('Concatenate', { axis: -1 }, ['x', 'x'])]),
      [1, 2, 1, 2, 3, 4, 3, 4, 5, 6, 5, 6, 7, 8, 7, 8],
    );
    assert.deepEqual(
      await small([
        layer(
          'ZeroPadding2D',
          {
            padding: [
              [0, 0],
              [1, 0],
            ],
          },
          ['x'],
        ),
      ]),
      [0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8],
    );
    assert.deepEqual(
      await small([layer('Reshape', { target_shape: [-1, 4] }, ['x'])]),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    const scaled = layer('BatchNormalization', { epsilon: 0 }, ['x'], 's');
    const minus = {
      s: { gamma: one(-1, 1), beta: one(0, 0), moving_mean: one(0, 0), moving_variance: one(1, 1) },
    };
    assert.deepEqual(
      await small([scaled, layer('LeakyReLU', { alpha: 0.5 }, ['s'])], minus),
      [-0.5, 2, -1.5, 4, -2.5, 6, -3.5, 8],
    );
    assert.deepEqual(
      await small([scaled, layer('PReLU', { shared_axes: [1, 2] }, ['s'])], {
        ...minus,
        y: { alpha: [Float32Array.of(0.1, 0.9), [1, 1, 2]] },
      }),
      [-0.1, 2, -0.3, 4, -0.5, 6, -0.7, 8],
    );
    assert.deepEqual(
      await small([scaled, layer('ELU', { alpha: 1 }, ['s'])], minus),
      [-0.6321, 2, -0.9502, 4, -0.9933, 6, -0.9991, 8],
    );
    assert.deepEqual(
      await small([layer('Softmax', { axis: -1 }, ['x'])]),
      [0.2689, 0.7311, 0.2689, 0.7311, 0.2689, 0.7311, 0.2689, 0.7311],
    );
  });

  it('lists every layer that it cannot import', async () => {
    const bytes = await kerasHdf5(
      functional([
        input([null, 2, 2, 2]),
        layer('Lambda', {}, ['x'], 'a'),
        layer('ReLU', {}, ['a'], 'b'),
        layer('Lambda', {}, ['b'], 'c'),
        layer('Conv2D', { data_format: 'channels_first' }, ['x'], 'd'),
        layer('LSTM', {}, ['c']),
      ]),
      { d: { kernel: [new Float32Array(2), [1, 1, 2, 1]] } },
    );
    await assert.rejects(
      importKeras(bytes, 'm.h5'),
      /^Problem: m\.h5: has layers that cannot be imported: 2 x Lambda, 1 x Conv2D with channels before height and width, 1 x LSTM/,
    );
  });

  it('names a file that is cut off, holds weights only, or another kind of model', async () => {
    const { config, weights } = { config: functional([input([null, 2, 2, 2])], 'x'), weights: {} };
    const whole = await kerasHdf5(config, weights);
    const rejects = (bytes: Uint8Array, said: RegExp) =>
      assert.rejects(
        importKeras(bytes, 'm.h5'),
        (error) => error instanceof Problem && said.test(error.message) && !error.message.includes('\n'),
      );
    await rejects(whole.subarray(0, whole.length / 2), /^m\.h5: is a damaged or truncated HDF5 file/);
    await rejects(await kerasHdf5(undefined, {}), /"model_config" is missing \(save the whole model/);
    await rejects(
      await kerasHdf5({ class_name: 'Subclassed', config: {} }, {}),
      /not that of a Sequential or Functional model/,
    );
  });
});
