import assert from 'node:assert/strict';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { gradient } from '../../../src/onnx/gradient/gradient.js';
import { gradientName, seedName } from '../../../src/onnx/gradient/names.js';
import {
  Constant,
  encodeModel,
  GraphBuilder,
  type Attributes,
  type OnnxModel,
  type ValueInfo,
} from '../../../src/onnx/index.js';
import { RandomState } from '../../../src/tensor/random.js';
import { elementCount } from '../../../src/tensor/tensor.js';
import { modelOf } from '../tiny-model.js';

/** Numbers to differentiate by (or, where `fixed`, stored weights in the same precision). */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly fixed?: boolean;
}

export interface OperatorCase {
  readonly opType: string;
  /** A constant is stored as it is; `undefined` is an optional input that is left out. */
  readonly inputs: readonly (Numbers | Constant | undefined)[];
  readonly attributes?: Attributes;
  /** How many outputs there are; all of them are differentiated, unless `of` lists some. */
  readonly outputs?: number;
  readonly of?: readonly number[];
  readonly opset?: number;
  /** Inputs whose lengths are left open in a second run. Default: all numbers that are not fixed. */
  readonly open?: readonly number[];
  /** Whether the first axis of input 0 and of the output is a batch, here of one, that several seeds can share. */
  readonly seeds?: boolean;
}

/** Differences are taken in float64 where the runtime has the operator in it, for then they are exact to 1e-7. */
const precisions = [
  { elementType: 'float64', step: 1e-4, tolerance: 1e-6 },
  { elementType: 'float32', step: 1e-2, tolerance: 1e-4 },
] as const;

type Precision = (typeof precisions)[number];

/** Operators that the runtime has in float32 only. */
const singleOnly = new Set<string>();

/**
 * Checks the gradient of one operator with respect to every number it takes in, element by element, against central
 * differences of a random combination of its outputs; then that the same comes out where the sizes are open, and where
 * three seeds share one forward pass.
 */
export async function checkOperator(operator: OperatorCase, random: RandomState): Promise<void> {
  for (const precision of precisions) {
    if (precision.elementType === 'float64' && singleOnly.has(operator.opType)) continue;
    const single = await tryToCreate(operator, precision);
    if (single === undefined) continue;
    await single.checkAgainstDifferences(random);
    const { open = operator.inputs.map((_, i) => i), seeds = false } = operator;
    if (open.length > 0) await (await Trial.create(operator, precision, open)).checkAgainst(single);
    if (seeds) await single.checkSharedForward(random);
    return;
  }
}

async function tryToCreate(operator: OperatorCase, precision: Precision): Promise<Trial | undefined> {
  try {
    return await Trial.create(operator, precision, []);
  } catch (error) {
    if (
      precision.elementType === 'float32' ||
      !/NOT_IMPLEMENTED|Type Error|Could not find/.test(String(error))
    )
      throw error;
    singleOnly.add(operator.opType);
    return undefined;
  }
}

type Arrays = Readonly<Record<string, Tensor>>;

class Trial {
  #inputs: Arrays = {};
  #seeds: Arrays = {};
  #gradients: Arrays = {};

  private constructor(
    readonly operator: OperatorCase,
    readonly precision: Precision,
    readonly forward: InferenceSession,
    readonly backward: InferenceSession,
  ) {}

  static async create(operator: OperatorCase, precision: Precision, open: readonly number[]): Promise<Trial> {
    const model = modelOfOperator(operator, precision, open);
    const wrt = model.graph.inputs.map(({ name }) => name);
    const of = model.graph.outputs.map(({ name }) => name);
    const [forward, backward] = await Promise.all([session(model), session(gradient(model, { of, wrt }))]);
    return new Trial(operator, precision, forward, backward);
  }

  async checkAgainstDifferences(random: RandomState): Promise<void> {
    const { step, tolerance } = this.precision;
    this.#inputs = Object.fromEntries(
      this.operator.inputs.flatMap((input, i) =>
        isNumbers(input) && input.fixed !== true ? [[`x${i}`, this.#tensor(input.values, input.shape)]] : [],
      ),
    );
    this.#seeds = await this.#randomSeeds(random);
    this.#gradients = await this.backward.run({ ...this.#inputs, ...this.#seeds });
    for (const [name, input] of Object.entries(this.#inputs)) {
      const gradientTensor = this.#gradients[gradientName(name)];
      assert.deepEqual(gradientTensor.dims, input.dims, `shape of the gradient of ${name}`);
      const values = input.data as Float64Array;
      const expected = new Float64Array(values.length);
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        values[i] = value + step;
        const above = await this.#objective();
        const reached = values[i];
        values[i] = value - step;
        const below = await this.#objective();
        expected[i] = (above - below) / (reached - values[i]);
        values[i] = value;
      }
      assertClose(gradientTensor.data as Float64Array, expected, tolerance, `${this.#name()} by ${name}`);
    }
  }

  /** The same inputs and seeds give the same gradients as in another trial. */
  async checkAgainst(other: Trial): Promise<void> {
    const results = await this.backward.run({ ...other.#inputs, ...other.#seeds });
    for (const [name, expected] of Object.entries(other.#gradients)) {
      assert.deepEqual(results[name].dims, expected.dims, `${this.#name()} with open sizes: ${name}`);
      assertClose(
        results[name].data as Float64Array,
        expected.data as Float64Array,
        1e-6,
        `${this.#name()} with open sizes: ${name}`,
      );
    }
  }

  async checkSharedForward(random: RandomState): Promise<void> {
    const count = 3;
    const rows = await Promise.all(Array.from({ length: count }, () => this.#randomSeeds(random)));
    const stacked = Object.fromEntries(
      Object.entries(rows[0]).map(([name, { dims }]) => [
        name,
        this.#tensor(
          rows.flatMap((row) => Array.from(row[name].data as Float64Array)),
          [count * dims[0], ...dims.slice(1)],
        ),
      ]),
    );
    const together = await this.backward.run({ ...this.#inputs, ...stacked });
    const name = gradientName('x0');
    const expected: number[] = [];
    for (const row of rows) {
      const alone = await this.backward.run({ ...this.#inputs, ...row });
      expected.push(...(alone[name].data as Float64Array));
    }
    assertClose(together[name].data as Float64Array, expected, 1e-6, `${this.#name()} with three seeds`);
  }

  async #randomSeeds(random: RandomState): Promise<Arrays> {
    const outputs = await this.forward.run(this.#inputs);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { dims, size }]) => [
        seedName(name),
        this.#tensor(
          Array.from({ length: size }, () => random.uniform(-1, 1)),
          dims,
        ),
      ]),
    );
  }

  async #objective(): Promise<number> {
    let sum = 0;
    for (const [name, { data }] of Object.entries(await this.forward.run(this.#inputs))) {
      const weights = this.#seeds[seedName(name)].data as Float64Array;
      (data as Float64Array).forEach((value, i) => (sum += value * weights[i]));
    }
    return sum;
  }

  #tensor(values: readonly number[], shape: readonly number[]): Tensor {
    return this.precision.elementType === 'float64'
      ? new Tensor('float64', Float64Array.from(values), shape)
      : new Tensor('float32', Float32Array.from(values), shape);
  }

  #name(): string {
    const shapes = this.operator.inputs.map((input) =>
      input === undefined ? '-' : `[${input.shape.join(',')}]`,
    );
    const attributes = Object.entries(this.operator.attributes ?? {}).map(
      ([name, { value }]) => `${name}=${JSON.stringify(value)}`,
    );
    return `${this.operator.opType} ${shapes.join(' ')} ${attributes.join(' ')} in ${this.precision.elementType}`;
  }
}

function isNumbers(input: OperatorCase['inputs'][number]): input is Numbers {
  return input !== undefined && !(input instanceof Constant);
}

function session(model: OnnxModel): Promise<InferenceSession> {
  // In float64 the runtime's fusions lead to operators that it has in float32 only.
  const graphOptimizationLevel = model.graph.inputs[0]?.elementType === 'float64' ? 'basic' : 'all';
  return InferenceSession.create(encodeModel(model), {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
    graphOptimizationLevel,
  });
}

function modelOfOperator(
  { opType, inputs, attributes = {}, outputs = 1, of, opset = 18 }: OperatorCase,
  { elementType }: Precision,
  open: readonly number[],
): OnnxModel {
  const builder = new GraphBuilder();
  const fed: ValueInfo[] = [];
  const names = inputs.map((input, i) => {
    if (input === undefined) return '';
    if (input instanceof Constant) return builder.constant(input, `c${i}`);
    const { shape, values } = input;
    if (input.fixed === true) {
      const data = elementType === 'float64' ? Float64Array.from(values) : Float32Array.from(values);
      return builder.constant(Constant.from(elementType, data, shape), `w${i}`);
    }
    const name = builder.reserve(`x${i}`);
    fed.push({ name, elementType, shape: open.includes(i) ? shape.map(() => null) : shape });
    return name;
  });
  const results = builder.nodes(opType, names, attributes, {
    outputs: Array.from({ length: outputs }, (_, i) => `y${i}`),
  });
  const chosen = of?.map((i) => results[i]) ?? results;
  return modelOf(
    builder.build({
      inputs: fed,
      outputs: chosen.map((name) => ({ name, elementType, shape: undefined })),
    }),
    opset,
  );
}

/** The largest difference, relative to the largest expected value or 1. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]);
    assert.ok(
      difference <= tolerance * scale,
      `${what}: ${actual[i]} instead of ${expected[i]} at ${i} (tolerance ${tolerance * scale})`,
    );
  }
}

/** Random numbers of a shape. @param distance they keep from the places in `kinks` */
export function numbers(
  random: RandomState,
  shape: readonly number[],
  { low = -2, high = 2, kinks = [] as readonly number[], fixed = false } = {},
): Numbers {
  const distance = 0.05;
  const values = Array.from({ length: elementCount(shape) }, () => {
    for (;;) {
      const value = random.uniform(low, high);
      if (kinks.every((kink) => Math.abs(value - kink) > distance)) return value;
    }
  });
  return { shape, values, ...(fixed ? { fixed } : {}) };
}

/** Numbers that differ from each other by at least 0.1, so that a maximum stays where it is. */
export function distinctNumbers(random: RandomState, shape: readonly number[]): Numbers {
  const values = Array.from({ length: elementCount(shape) }, (_, i) => i * 0.1);
  const middle = (values.length - 1) * 0.05;
  for (let i = values.length - 1; i > 0; i--) {
    const other = Math.floor(random.random() * (i + 1));
    [values[i], values[other]] = [values[other], values[i]];
  }
  return { shape, values: values.map((value) => value - middle) };
}
