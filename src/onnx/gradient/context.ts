import { attribute } from '../attributes.js';
import { Constant } from '../constant.js';
import { elementTypeCode, elementTypeOfCode, type ElementType } from '../element-type.js';
import type { GraphBuilder } from '../graph-builder.js';
import type { Attributes, Dimension, Node } from '../graph.js';
import { mentions } from '../shape/dimension.js';
import type { Fact } from '../shape/fact.js';
import { Refusal } from './rule.js';

/** A tensor by its name, or a number that stands for a scalar of the type it is combined with. */
export type Operand = string | number;

/**
 * What a rule works with: the forward graph's shapes and constants, and the operators to write gradients with. A node
 * that was written once is not written again, so rules may repeat sub-expressions freely.
 */
export class Context {
  readonly #builder: GraphBuilder;
  readonly #facts: ReadonlyMap<string, Fact>;
  readonly #batch: readonly string[];
  readonly #fromImages: ReadonlySet<string>;
  readonly #stacked: boolean;
  readonly #written = new Map<string, readonly string[]>();
  readonly #types = new Map<string, ElementType>();
  readonly #additionalOutputs = new Map<Node, readonly string[]>();

  /**
   * @param facts what is known about the forward tensors
   * @param batch names of the lengths that stand for the number of images
   * @param fromImages the tensors that depend on an input; all others are parameters
   * @param stacked whether one image may come with several seeds
   */
  constructor(
    builder: GraphBuilder,
    facts: ReadonlyMap<string, Fact>,
    batch: readonly string[],
    fromImages: ReadonlySet<string>,
    stacked: boolean,
  ) {
    this.#builder = builder;
    this.#facts = facts;
    this.#batch = batch;
    this.#fromImages = fromImages;
    this.#stacked = stacked;
  }

  /* Questions about the forward graph */

  /** Axes of a forward tensor. @throws {Refusal} where not even their number is known. */
  readonly shape = (name: string): readonly Dimension[] => {
    const shape = this.#facts.get(name)?.shape;
    if (shape === undefined) throw new Refusal(`the number of axes of "${name}" is not known`);
    return shape;
  };

  readonly rank = (name: string): number => this.shape(name).length;

  /** An axis of a forward tensor counted from 0, where a negative one counts from the end. */
  readonly axis = (name: string, axis: number): number => (axis < 0 ? axis + this.rank(name) : axis);

  /** All axes of a forward tensor but one. */
  readonly axesBut = (name: string, kept: number): readonly number[] =>
    [...this.shape(name).keys()].filter((axis) => axis !== kept);

  /** Lengths of the axes from `start` on. @throws {Refusal} where one is not a fixed number. */
  readonly lengths = (name: string, start = 0): readonly number[] =>
    this.shape(name)
      .slice(start)
      .map((length) => {
        if (typeof length === 'number') return length;
        throw new Refusal(`"${name}" has no fixed size`);
      });

  /** The elements of a small tensor (sizes, axes, bounds), if they do not depend on the input. */
  knownNumbers(name: string | undefined): readonly number[] | undefined {
    const values = name === undefined ? undefined : this.#facts.get(name)?.values;
    return values?.every((value) => typeof value === 'number') === true ? values : undefined;
  }

  /** The elements of a small constant tensor. @throws {Refusal} where they are computed from the input. */
  numbers(name: string): readonly number[] {
    const values = this.knownNumbers(name);
    if (values === undefined) throw new Refusal(`"${name}" is not constant`);
    return values;
  }

  readonly elementType = (name: string): ElementType =>
    this.#types.get(name) ?? this.#facts.get(name)?.elementType ?? 'float32';

  /**
   * The axis of a forward tensor along which images, and so seeds, are stacked: that of the batch's name, else one of open
   * length, else the first.
   */
  batchAxis(name: string): number {
    const shape = this.shape(name);
    const named = shape.findIndex((length) => this.#batch.some((batch) => mentions(length, batch)));
    const open = shape.findIndex((length) => typeof length !== 'number');
    return named >= 0 ? named : Math.max(open, 0);
  }

  /** Makes a forward node return an optional output too, and returns its name. */
  output(node: Node, index: number): string {
    const outputs = [...(this.#additionalOutputs.get(node) ?? node.outputs)];
    while (outputs.length <= index) outputs.push('');
    outputs[index] ||= this.#builder.fresh(`${node.outputs[0]}_${index}`);
    this.#additionalOutputs.set(node, outputs);
    return outputs[index];
  }

  /** The outputs of the forward nodes that have to return more than they did. */
  get additionalOutputs(): ReadonlyMap<Node, readonly string[]> {
    return this.#additionalOutputs;
  }

  /* Writing */

  /** Any operator of one output. */
  readonly op = (opType: string, inputs: readonly string[], attributes: Attributes = {}): string =>
    this.ops(opType, inputs, 1, attributes)[0];

  /** Any operator of several outputs. */
  ops(
    opType: string,
    inputs: readonly string[],
    outputs: number,
    attributes: Attributes = {},
  ): readonly string[] {
    const key = JSON.stringify([opType, inputs, outputs, attributes]);
    let names = this.#written.get(key);
    if (names === undefined) {
      names = this.#builder.nodes(opType, inputs, attributes, { outputs });
      this.#written.set(key, names);
      for (const name of names) this.#types.set(name, this.#typeOfResult(opType, inputs, attributes));
    }
    return names;
  }

  /** A scalar of the element type of `like`. */
  readonly number = (value: number, like: string): string => {
    const type = this.elementType(like);
    const exact = { float32: Float32Array, float64: Float64Array } as const;
    if (type === 'float32' || type === 'float64')
      return this.#store(Constant.from(type, exact[type].of(value), []));
    if (type === 'int64') return this.#store(Constant.scalar(value, 'int64'));
    return this.cast(this.#store(Constant.scalar(value)), type);
  };

  /** A list of integers: axes, shapes, pads. */
  ints(values: readonly number[]): string {
    return this.#store(Constant.int64(values));
  }

  /** A list of float32 numbers: scales. */
  floats(values: readonly number[]): string {
    return this.#store(Constant.float32(values));
  }

  /** One truth value an axis. */
  bools(values: readonly boolean[]): string {
    return this.#store(Constant.from('bool', Uint8Array.from(values, Number), [values.length]));
  }

  readonly add = (a: Operand, b: Operand) => this.#binary('Add', a, b);
  readonly sub = (a: Operand, b: Operand) => this.#binary('Sub', a, b);
  readonly mul = (a: Operand, b: Operand) => this.#binary('Mul', a, b);
  readonly div = (a: Operand, b: Operand) => this.#binary('Div', a, b);
  readonly pow = (a: Operand, b: Operand) => this.#binary('Pow', a, b);
  readonly less = (a: Operand, b: Operand) => this.#binary('Less', a, b);
  readonly greater = (a: Operand, b: Operand) => this.#binary('Greater', a, b);
  readonly equal = (a: Operand, b: Operand) => this.#binary('Equal', a, b);
  readonly and = (a: string, b: string) => this.op('And', [a, b]);
  readonly not = (x: string) => this.op('Not', [x]);
  readonly neg = (x: string) => this.op('Neg', [x]);
  readonly exp = (x: string) => this.op('Exp', [x]);
  readonly log = (x: string) => this.op('Log', [x]);
  readonly sqrt = (x: string) => this.op('Sqrt', [x]);
  readonly tanh = (x: string) => this.op('Tanh', [x]);
  readonly sigmoid = (x: string) => this.op('Sigmoid', [x]);
  readonly sign = (x: string) => this.op('Sign', [x]);
  readonly matmul = (a: string, b: string) => this.op('MatMul', [a, b]);
  readonly shapeOf = (x: string) => this.op('Shape', [x]);

  /** Where the condition holds `a`, elsewhere `b`; two numbers get the type of `like`. */
  readonly where = (condition: string, a: Operand, b: Operand, like?: string): string => {
    const type = [a, b, like].find((operand) => typeof operand === 'string') ?? condition;
    return this.op('Where', [condition, this.#tensor(a, type), this.#tensor(b, type)]);
  };

  readonly sum = (terms: readonly string[]): string =>
    terms.length === 1 ? terms[0] : terms.length === 2 ? this.add(terms[0], terms[1]) : this.op('Sum', terms);

  readonly cast = (x: string, type: ElementType): string =>
    this.elementType(x) === type ? x : this.op('Cast', [x], { to: attribute.int(elementTypeCode(type)) });

  readonly reduceSum = (x: string, axes: readonly number[], keepdims = true): string =>
    axes.length === 0 ? x : this.#reduce('ReduceSum', x, axes, keepdims);
  readonly reduceMean = (x: string, axes: readonly number[]): string =>
    this.#reduce('ReduceMean', x, axes, true);

  readonly transpose = (x: string, perm: readonly number[]): string =>
    perm.every((axis, position) => axis === position)
      ? x
      : this.op('Transpose', [x], { perm: attribute.ints(perm) });

  /** The shape's entries are lengths; -1 stands for what remains and 0 for the length that `x` has there. */
  readonly reshape = (x: string, shape: readonly number[] | string): string =>
    this.op('Reshape', [x, typeof shape === 'string' ? shape : this.ints(shape)]);

  readonly unsqueeze = (x: string, axes: readonly number[]): string =>
    axes.length === 0 ? x : this.op('Unsqueeze', [x, this.ints(axes)]);
  readonly squeeze = (x: string, axes: readonly number[]): string =>
    axes.length === 0 ? x : this.op('Squeeze', [x, this.ints(axes)]);

  readonly concat = (parts: readonly string[], axis: number): string =>
    parts.length === 1 ? parts[0] : this.op('Concat', parts, { axis: attribute.int(axis) });

  readonly slice = (x: string, axis: number, start: number, end: number, step = 1): string =>
    this.op('Slice', [x, this.ints([start]), this.ints([end]), this.ints([axis]), this.ints([step])]);

  /** Lengths of some axes of a forward tensor, as a list of integers. */
  readonly sizes = (x: string, axes: readonly number[]): string => {
    const lengths = axes.map((axis) => this.shape(x)[axis]);
    if (lengths.every((length) => typeof length === 'number')) return this.ints(lengths);
    return this.op('Gather', [this.shapeOf(x), this.ints(axes)]);
  };

  /** A vector of one value a channel laid along axis 1 of the forward tensor `x`. */
  readonly channels = (vector: string, x: string): string =>
    this.unsqueeze(
      vector,
      Array.from({ length: this.rank(x) - 2 }, (_, axis) => axis + 1),
    );

  /** Sum over images and places: one value a channel. `like` is the forward tensor of the same shape. */
  readonly perChannel = (value: string, like: string): string =>
    this.reduceSum(value, this.axesBut(like, 1), false);

  /** The product of a list of integers, as a list of one. */
  readonly product = (list: string): string => this.op('ReduceProd', [list, this.ints([0])]);

  /** 0, 1, 2, ... up to a list of one integer. */
  readonly range = (count: string): string => {
    const [zero, one] = [0, 1].map((value) => this.#store(Constant.scalar(value, 'int64')));
    return this.op('Range', [zero, this.squeeze(count, [0]), one]);
  };

  /** The number of elements of a forward tensor along some axes. */
  readonly countAlong = (x: string, axes: readonly number[]): Operand => {
    const lengths = axes.map((axis) => this.shape(x)[axis]);
    if (lengths.every((length) => typeof length === 'number')) return lengths.reduce((a, b) => a * b, 1);
    return this.cast(this.product(this.sizes(x, axes)), this.elementType(x));
  };

  /** The shape of a forward tensor as a list of integers, with -1 at its batch axis so that seeds may be stacked there. */
  openShape(x: string): string {
    const shape = this.shape(x);
    const batch = this.batchAxis(x);
    if (shape.every((length, axis) => axis === batch || typeof length === 'number')) {
      return this.ints(shape.map((length, axis) => (axis === batch ? -1 : (length as number))));
    }
    return this.op('Where', [
      this.bools(shape.map((_, axis) => axis === batch)),
      this.ints([-1]),
      this.shapeOf(x),
    ]);
  }

  /** Gives a gradient, whose elements are in the same order, the shape of a forward tensor. */
  reshapeLike(g: string, x: string): string {
    return this.reshape(g, this.openShape(x));
  }

  /** Repeats a gradient whose length is 1 along `axes`, to the lengths that the forward tensor `x` has there. */
  expandAlong(g: string, x: string, axes: readonly number[]): string {
    const shape = this.shape(x);
    const lengths = shape.map((length, axis) => (axes.includes(axis) ? length : 1));
    if (lengths.every((length) => length === 1)) return g;
    const target = lengths.every((length) => typeof length === 'number')
      ? this.ints(lengths)
      : this.op('Where', [
          this.bools(shape.map((_, axis) => axes.includes(axis))),
          this.shapeOf(x),
          this.ints([1]),
        ]);
    return this.op('Expand', [g, target]);
  }

  /**
   * Undoes a broadcast: sums a gradient of the forward tensor `y` over the axes along which `x` was repeated to form it.
   * The last `matrixAxes` axes were not broadcast.
   */
  readonly sumTo = (g: string, x: string, y: string, matrixAxes = 0): string => {
    const lifted = this.rank(y) - this.rank(x);
    const first = Array.from({ length: lifted }, (_, axis) => axis);
    const rest = this.reduceSum(g, first, false);
    const from = this.shape(x).slice(0, this.rank(x) - matrixAxes);
    const to = this.shape(y).slice(lifted);
    if (!from.some((length, axis) => mayBeRepeated(length, to[axis]))) {
      // A parameter serves every seed, even where the forward pass has one image and repeats nothing.
      const stacked = this.#fromImages.has(x) ? -1 : this.batchAxis(y) - lifted;
      const repeated = [...from.keys()].filter(
        (axis) => from[axis] === 1 && (to[axis] !== 1 || axis === stacked),
      );
      return this.reduceSum(rest, repeated);
    }
    const before = this.slice(this.shapeOf(x), 0, 0, from.length);
    const after = this.slice(this.shapeOf(y), 0, lifted, lifted + from.length);
    const repeated = this.and(this.equal(before, 1), this.not(this.equal(after, 1)));
    const axes = this.squeeze(this.op('NonZero', [this.cast(repeated, 'int64')]), [0]);
    return this.op('ReduceSum', [rest, axes], { noop_with_empty_axes: attribute.int(1) });
  };

  /** A forward tensor and a gradient, either way round, where they must have as many rows as each other. */
  sameRows(a: string, b: string, rank: number): readonly [string, string] {
    if (!this.#stacked) return [a, b];
    const rowsOf = (x: string) =>
      this.concat([this.slice(this.shapeOf(x), 0, 0, 1), this.ints(Array<number>(rank - 1).fill(1))], 0);
    return [this.op('Expand', [a, rowsOf(b)]), this.op('Expand', [b, rowsOf(a)])];
  }

  /** Zeros in the shape of the forward tensor `x`, with as many rows as `g`. */
  zerosLike(x: string, g: string): string {
    const batch = this.batchAxis(x);
    const rows = this.bools(this.shape(x).map((_, axis) => axis === batch));
    return this.op('Expand', [this.number(0, g), this.op('Where', [rows, this.shapeOf(g), this.shapeOf(x)])]);
  }

  /** Places a gradient between zeros. */
  padAlong(g: string, axis: number, before: number, after: number): string {
    if (before === 0 && after === 0) return g;
    return this.op('Pad', [g, this.ints([before, after]), this.number(0, g), this.ints([axis])]);
  }

  /** The places 0, 1, 2, ... of a forward tensor along an axis. */
  places(x: string, axis: number): string {
    return this.range(this.sizes(x, [axis]));
  }

  /** Adds slices of `g` along `axis` to where `indices` (a list) says, in zeros as long as the forward tensor `x` is there. */
  scatterAlong(g: string, x: string, axis: number, indices: string): string {
    const rank = this.rank(x);
    const shape = this.shapeOf(g);
    const along = Array.from({ length: rank }, (_, other) => other === axis);
    const zeros = this.op('Expand', [
      this.number(0, g),
      this.op('Where', [this.bools(along), this.sizes(x, [axis]), shape]),
    ]);
    const spread = this.op('Expand', [
      this.unsqueeze(
        indices,
        [...along.keys()].filter((other) => other !== axis),
      ),
      shape,
    ]);
    return this.op('ScatterElements', [zeros, spread, g], {
      axis: attribute.int(axis),
      reduction: attribute.string('add'),
    });
  }

  #binary(opType: string, a: Operand, b: Operand): string {
    const like = typeof a === 'string' ? a : (b as string);
    return this.op(opType, [this.#tensor(a, like), this.#tensor(b, like)]);
  }

  #tensor(operand: Operand, like: string): string {
    return typeof operand === 'string' ? operand : this.number(operand, like);
  }

  #reduce(opType: string, x: string, axes: readonly number[], keepdims: boolean): string {
    return this.op(opType, [x, this.ints(axes)], { keepdims: attribute.int(keepdims ? 1 : 0) });
  }

  #store(constant: Constant): string {
    const key = JSON.stringify([constant.elementType, constant.shape, [...constant.bytes]]);
    let names = this.#written.get(key);
    if (names === undefined) {
      names = [this.#builder.constant(constant)];
      this.#written.set(key, names);
      this.#types.set(names[0], constant.elementType);
    }
    return names[0];
  }

  /** Remembers the type of a tensor that the engine itself brings in, such as a seed. */
  declare(name: string, type: ElementType): void {
    this.#types.set(name, type);
  }

  #typeOfResult(opType: string, inputs: readonly string[], attributes: Attributes): ElementType {
    if (['Less', 'Greater', 'Equal', 'And', 'Not'].includes(opType)) return 'bool';
    if (['Shape', 'NonZero', 'ArgMax'].includes(opType)) return 'int64';
    const to = opType === 'Cast' ? attributes.to : opType === 'EyeLike' ? attributes.dtype : undefined;
    if (to?.type === 'int') return elementTypeOfCode(to.value) ?? 'float32';
    return this.elementType(inputs[opType === 'Where' ? 1 : 0]);
  }
}

/** Whether it is open if a tensor with the axis `from` was repeated to give the axis `to`. */
function mayBeRepeated(from: Dimension, to: Dimension): boolean {
  return typeof from !== 'number' && to !== 1 && (from === null || from !== to);
}
