import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  attribute,
  Constant,
  gradient,
  GraphBuilder,
  type Attributes,
  type Dimension,
  type OnnxModel,
} from '../../../src/onnx/index.js';
import { convOfFlippedKernel } from '../../../src/onnx/rewrite/conv-of-flipped-kernel.js';
import { convOfInsertedZeros } from '../../../src/onnx/rewrite/conv-of-inserted-zeros.js';
import { maskByStep } from '../../../src/onnx/rewrite/mask-by-step.js';
import { mulOfSinglePlace } from '../../../src/onnx/rewrite/mul-of-single-place.js';
import { preluOfHalves } from '../../../src/onnx/rewrite/prelu-of-halves.js';
import { rewrite } from '../../../src/onnx/rewrite/rewrite.js';
import type { Rewrite } from '../../../src/onnx/rewrite/rewriter.js';
import { slopeByStep } from '../../../src/onnx/rewrite/slope-by-step.js';
import { RandomState } from '../../../src/tensor/random.js';
import { noise, run } from '../run.js';
import { floatInfo, modelOf } from '../tiny-model.js';

const { int, ints } = attribute;
const random = new RandomState(12);
const pick = <T>(...choices: readonly T[]): T => choices[Math.floor(random.random() * choices.length)];

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const weights = (shape: readonly number[]) =>
  Constant.float32(noise(count(shape), Math.floor(random.random() * 1e6)), shape);

/** A model of x [batch, ...] and weights. */
function model(
  shape: readonly number[],
  write: (builder: GraphBuilder, x: string) => void,
  opset = 18,
): OnnxModel {
  const builder = new GraphBuilder();
  write(builder, builder.reserve('x'));
  const open: Dimension[] = ['batch', ...shape.slice(1)];
  return modelOf(
    builder.build({ inputs: [floatInfo('x', open)], outputs: [floatInfo('y', undefined)] }),
    opset,
  );
}

function transposed(
  shape: readonly number[],
  kernel: Constant,
  attributes: Attributes,
  bias?: Constant,
): OnnxModel {
  return model(shape, (builder, x) => {
    const inputs = [x, builder.constant(kernel), ...(bias === undefined ? [] : [builder.constant(bias)])];
    builder.node('ConvTranspose', inputs, attributes, { outputs: ['y'] });
  });
}

/** Where(low < x and x < high, g, 0) */
function masked(
  shape: readonly number[],
  [low, high]: readonly (number | undefined)[],
  g: string,
): OnnxModel {
  const builder = new GraphBuilder();
  const constant = (value: number) => builder.constant(Constant.float32([value], []));
  const [x, chosen] = [builder.reserve('x'), builder.reserve(g)];
  const bounds = [
    ...(low === undefined ? [] : [builder.node('Greater', [x, constant(low)])]),
    ...(high === undefined ? [] : [builder.node('Less', [x, constant(high)])]),
  ];
  const condition = bounds.length === 1 ? bounds[0] : builder.node('And', bounds);
  builder.node('Where', [condition, chosen, constant(0)], {}, { outputs: ['y'] });
  const open: Dimension[] = ['batch', ...shape.slice(1)];
  const inputs = [x, chosen].map((name) => floatInfo(name, open));
  return modelOf(builder.build({ inputs, outputs: [floatInfo('y', undefined)] }), 18);
}

const operators = ({ graph }: OnnxModel) => graph.nodes.map(({ opType }) => opType);

/** The rewritten model has other operators and gives, on the same numbers, the same result. */
async function checkEqual(
  original: OnnxModel,
  applied: Rewrite,
  expected: readonly string[],
  tolerance: number,
  special: readonly number[] = [],
): Promise<void> {
  const rewritten = rewrite(original, [applied]);
  assert.deepEqual(operators(rewritten), expected);
  const shape = [2, ...(original.graph.inputs[0].shape!.slice(1) as number[])];
  const x = noise(count(shape), 7).map((value, i) => special[i] ?? value);
  const [before, after] = await Promise.all(
    [original, rewritten].map(async (each) => (await run(each, { x: [x, shape] })).y),
  );
  assert.deepEqual(after.shape, before.shape);
  const scale = before.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  before.data.forEach((value, i) => {
    assert.ok(Math.abs(after.data[i] - value) <= tolerance * scale, `${after.data[i]} for ${value} at ${i}`);
  });
}

async function checkUntouched(original: OnnxModel): Promise<void> {
  assert.deepEqual(operators(rewrite(original)), operators(original));
  return Promise.resolve();
}

describe('rewrites', () => {
  it('ConvTranspose of stride 1 as Conv of the flipped kernel', async () => {
    for (let i = 0; i < 20; i++) {
      const group = pick(1, 1, 2, 4);
      const [channels, outputs] = [group * pick(1, 2), pick(1, 2)];
      const kernel = [pick(1, 2, 3), pick(1, 3)];
      const dilations = kernel.map(() => pick(1, 2));
      const pads = [...kernel, ...kernel].map((k, j) =>
        Math.floor(random.random() * (dilations[j % 2] * (k - 1) + 1)),
      );
      const attributes = { group: int(group), dilations: ints(dilations), pads: ints(pads) };
      const bias = pick(undefined, weights([group * outputs]));
      const original = transposed(
        [1, channels, 5, 6],
        weights([channels, outputs, ...kernel]),
        attributes,
        bias,
      );
      await checkEqual(original, convOfFlippedKernel, ['Conv'], 1e-6);
    }
  });

  it('ConvTranspose of stride 1 whose kernel is fed', async () => {
    const cases = [
      { kernel: [3, 2, 1, 1], group: 1, expected: ['Transpose', 'Conv'] },
      { kernel: [3, 2, 3, 2], group: 1, expected: ['Transpose', 'Slice', 'Conv'] },
      { kernel: [3, 1, 2, 3], group: 3, expected: ['Slice', 'Conv'] },
    ];
    for (const { kernel, group, expected } of cases) {
      const builder = new GraphBuilder();
      const [x, w] = ['x', 'w'].map((name) => builder.reserve(name));
      builder.node('ConvTranspose', [x, w], { group: int(group) }, { outputs: ['y'] });
      const inputs = [floatInfo(x, ['batch', 3, 4, 5]), floatInfo(w, kernel)];
      const original = modelOf(builder.build({ inputs, outputs: [floatInfo('y', undefined)] }), 18);
      const rewritten = rewrite(original, [convOfFlippedKernel]);
      assert.deepEqual(operators(rewritten), expected);
      const feeds = { x: [noise(120, 3), [2, 3, 4, 5]], w: [noise(count(kernel), 4), kernel] } as const;
      const [before, after] = [await run(original, feeds), await run(rewritten, feeds)];
      before.y.data.forEach((value, i) => {
        assert.ok(Math.abs(after.y.data[i] - value) <= 1e-6, `${after.y.data[i]} for ${value} at ${i}`);
      });
    }
  });

  it('leaves a ConvTranspose that strides or is padded beyond its kernel', async () => {
    await checkUntouched(transposed([1, 2, 4, 4], weights([2, 2, 3, 3]), { strides: ints([2, 1]) }));
    await checkUntouched(transposed([1, 2, 4, 4], weights([2, 2, 1, 1]), { pads: ints([1, 0, 0, 0]) }));
  });

  it('depthwise ConvTranspose of a single place as Mul', () =>
    checkEqual(
      transposed([1, 6, 1, 1], weights([6, 1, 7, 5]), { group: int(6) }),
      mulOfSinglePlace,
      ['Mul'],
      1e-7,
    ));

  it('PRelu as two halves, from opset 9 too', async () => {
    for (const opset of [9, 18]) {
      for (const slope of [[4, 1, 1], [1, 4, 1, 1], [1]]) {
        const original = model(
          [1, 4, 3, 5],
          (builder, x) =>
            builder.node('PRelu', [x, builder.constant(weights(slope))], {}, { outputs: ['y'] }),
          opset,
        );
        await checkEqual(
          original,
          preluOfHalves,
          ['Conv', 'Relu', 'Conv', 'Relu', 'Add'],
          1e-7,
          [0, -0, -1e-30],
        );
      }
    }
  });

  it('leaves a PRelu whose slopes differ by place', () =>
    checkUntouched(
      model([1, 4, 3, 3], (builder, x) =>
        builder.node('PRelu', [x, builder.constant(weights([4, 3, 3]))], {}, { outputs: ['y'] }),
      ),
    ));

  it('the slope of PRelu by a step', () => {
    const original = model([1, 4, 3, 5], (builder, x) => {
      const [zero, one] = [0, 1].map((value) => builder.constant(Constant.float32([value], [])));
      const negative = builder.node('Less', [x, zero]);
      builder.node('Where', [negative, builder.constant(weights([4, 1, 1])), one], {}, { outputs: ['y'] });
    });
    const numbers = [0, -0, 1e-37, -1e-37, 1e30, -1e30];
    return checkEqual(original, slopeByStep, ['Conv', 'Clip', 'Conv', 'Identity'], 1e-7, numbers);
  });

  it('PRelu by its derivative, where a gradient needs that', async () => {
    const forward = model([1, 4, 3, 5], (builder, x) =>
      builder.node('PRelu', [x, builder.constant(weights([4, 1, 1]))], {}, { outputs: ['y'] }),
    );
    const original = gradient(forward, { of: 'y', wrt: 'x', seeds: 1 });
    const rewritten = rewrite(original);
    const expected = ['Conv', 'Clip', 'Conv', 'Mul', 'Identity', 'Mul', 'Identity'];
    assert.deepEqual(operators(rewritten), expected);
    const numbers = [0, -0, 1e-37, -1e-37, 1e30, -1e30];
    const x = noise(120, 7).map((value, i) => numbers[i] ?? value);
    const feeds = { x: [x, [2, 4, 3, 5]], 'y.seed': [noise(120, 8), [2, 4, 3, 5]] } as const;
    const [before, after] = await Promise.all([original, rewritten].map((each) => run(each, feeds)));
    for (const name of ['y', 'x.gradient']) {
      before[name].data.forEach((value, i) => {
        assert.ok(Math.abs(after[name].data[i] - value) <= 1e-6 * Math.abs(value), `${name} at ${i}`);
      });
    }
  });

  it('depthwise ConvTranspose of a stride as Conv between inserted zeros', async () => {
    for (let i = 0; i < 30; i++) {
      const channels = pick(1, 3, 8, 16);
      const kernel = [pick(2, 3, 4), pick(2, 3)];
      const strides = [pick(1, 2, 3), 2];
      const dilations = kernel.map(() => pick(1, 2));
      const reach = kernel.map((k, axis) => dilations[axis] * (k - 1));
      const ends = reach.map((length, axis) => length - (strides[axis] - 1));
      if (ends.some((length) => length < 0)) continue;
      const upTo = (most: number) => Math.floor(random.random() * (most + 1));
      const extra = strides.map((stride) => upTo(stride - 1));
      const pads = [...reach.map(upTo), ...ends.map((length, axis) => upTo(length + extra[axis]))];
      const builder = new GraphBuilder();
      const [x, seed] = [builder.reserve('x'), builder.reserve('y.seed')];
      builder.node(
        'ConvTranspose',
        [seed, builder.constant(weights([channels, 1, ...kernel]))],
        {
          group: int(channels),
          strides: ints(strides),
          dilations: ints(dilations),
          pads: ints(pads),
          output_padding: ints(extra),
        },
        { outputs: ['y'] },
      );
      const rows = pick<Dimension>('batch', 2);
      const inputs = [floatInfo(x, [rows, 3, 4, 4]), floatInfo(seed, [rows, channels, 5, 4])];
      const original = modelOf(builder.build({ inputs, outputs: [floatInfo('y', undefined)] }), 18);
      const rewritten = rewrite(original, [convOfInsertedZeros]);
      assert.deepEqual(operators(rewritten).slice(-3), ['Resize', 'Mul', 'Conv']);
      const feeds = {
        x: [noise(96, i), [2, 3, 4, 4]],
        'y.seed': [noise(40 * channels, i + 1), [2, channels, 5, 4]],
      } as const;
      const [before, after] = await Promise.all([original, rewritten].map((each) => run(each, feeds)));
      assert.deepEqual(after.y.shape, before.y.shape);
      before.y.data.forEach((value, at) => assert.ok(Math.abs(after.y.data[at] - value) < 1e-5));
    }
  });

  it('the mask of Relu and Clip by steps, exact at the bounds', async () => {
    const next = (value: number, steps: number) => {
      const bits = new Int32Array(Float32Array.of(value).buffer);
      bits[0] += steps;
      return new Float32Array(bits.buffer)[0];
    };
    for (const [low, high] of [
      [0, undefined],
      [0, 6],
      [-0.3, 0.7],
      [undefined, 0.1],
    ]) {
      const original = masked([1, 4, 3, 5], [low, high], 'y.seed');
      const numbers = [0, -0, 1e-37, -1e-37, 1e20, -1e20];
      for (const bound of [low, high]) {
        if (bound !== undefined && bound !== 0)
          numbers.push(...[-1, 0, 1].map((steps) => next(bound, steps)));
      }
      const rewritten = rewrite(original, [maskByStep]);
      assert.ok(!operators(rewritten).includes('Where'));
      const x = noise(120, 7).map((value, i) => numbers[i] ?? value);
      const feeds = { x: [x, [2, 4, 3, 5]], 'y.seed': [noise(120, 8), [2, 4, 3, 5]] } as const;
      const [before, after] = await Promise.all([original, rewritten].map((each) => run(each, feeds)));
      // Negative zeros count as zeros.
      const [expected, actual] = [before, after].map(({ y }) => Array.from(y.data, (value) => value + 0));
      assert.deepEqual(actual, expected);
    }
  });

  it('leaves masks that do not belong to a gradient, or not to images', async () => {
    await checkUntouched(masked([1, 4, 3, 5], [0, 6], 'other'));
    await checkUntouched(masked([1, 30], [0, 6], 'y.seed'));
  });

  it('leaves a model that cannot be written in a newer opset', () => {
    const original = model(
      [1, 4, 3, 3],
      (builder, x) => {
        const slopes = builder.constant(weights([4, 1, 1]));
        const scales = builder.constant(Constant.float32([1, 1, 2, 2]));
        const roi = builder.constant(Constant.float32([]));
        builder.node('Resize', [builder.node('PRelu', [x, slopes]), roi, scales], {
          coordinate_transformation_mode: attribute.string('tf_half_pixel_for_nn'),
        });
      },
      11,
    );
    assert.equal(rewrite(original), original);
  });

  it('leaves weights that nothing uses any more out of the file', () => {
    const rewritten = rewrite(transposed([1, 2, 4, 4], weights([2, 3, 3, 3]), {}));
    assert.deepEqual(
      [...rewritten.graph.initializers.values()].map(({ shape }) => shape),
      [[3, 2, 3, 3]],
    );
  });
});
