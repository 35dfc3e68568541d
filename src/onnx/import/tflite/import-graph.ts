import { attribute } from '../../attributes.js';
import { Constant } from '../../constant.js';
import { elementTypeCode, type ElementType } from '../../element-type.js';
import { GraphBuilder } from '../../graph-builder.js';
import type { Attributes, Graph, ValueInfo } from '../../graph.js';
import { dequantized } from './dequantized.js';
import { activationNode } from './fused-activation.js';
import type { TfliteModel, TfliteTensor } from './tflite-model.js';
import { transposed } from '../transposed.js';
import { Unsupported } from '../unsupported.js';

/**
 * The order of a tensor's axes in the ONNX graph: `plain` is TFLite's own (images are [N, H, W, C]); `channelsFirst` is
 * [N, C, H, W], which only tensors of four axes have.
 */
export type Layout = 'plain' | 'channelsFirst';

/** Where each axis of [N, H, W, C] is in [N, C, H, W], and the other way round. */
const toChannelsFirst = [0, 3, 1, 2];
const toPlain = [0, 2, 3, 1];

/**
 * The ONNX graph while operators are added to it. A tensor lives in the layout that its operator made it in, and gets
 * a Transpose only where another operator wants the other layout; each tensor is transposed once at most.
 */
export class ImportGraph {
  readonly builder = new GraphBuilder();
  readonly #names = { plain: new Map<number, string>(), channelsFirst: new Map<number, string>() };
  readonly #constants = new Map<number, Constant>();
  readonly #ends: ReadonlySet<number>;

  constructor(
    readonly model: TfliteModel,
    /** Whether heights and widths are left open, so that none may be written into the graph. */
    readonly anySize: boolean,
  ) {
    this.#ends = new Set([...model.inputs, ...model.outputs]);
    for (const end of this.#ends) this.builder.reserve(this.tensor(end).name);
    for (const input of model.inputs) this.#names.plain.set(input, this.tensor(input).name);
  }

  /** @throws {RangeError} where an operator lacks an operand that it needs: the file is damaged. */
  tensor(index: number | undefined): TfliteTensor {
    const tensor = index === undefined ? undefined : this.model.tensors.at(index);
    if (tensor === undefined || index! < 0) throw new RangeError('an operand is missing');
    return tensor;
  }

  shape(index: number): readonly number[] {
    return this.tensor(index).shape;
  }

  rank(index: number): number {
    return this.shape(index).length;
  }

  /** The elements of a stored tensor, or of one that was computed from stored ones; floats as float32. */
  constant(index: number): Constant | undefined {
    const known = this.#constants.get(index);
    if (known !== undefined) return known;
    const tensor = this.tensor(index);
    if (tensor.bytes.length === 0) return undefined;
    if (tensor.sparse) throw new Unsupported('sparse weights');
    const constant = dequantized(
      new Constant(tensor.elementType, tensor.shape, tensor.bytes),
      tensor.quantization,
    );
    this.#constants.set(index, constant);
    return constant;
  }

  setConstant(index: number, constant: Constant): void {
    this.#constants.set(index, constant);
  }

  /** The elements of a tensor that must be known at import, such as axes or paddings. */
  numbers(index: number): readonly number[] {
    const constant = this.constant(index);
    if (constant === undefined) throw new Unsupported('sizes or axes that are computed while the model runs');
    return constant.numbers();
  }

  /** The layout that needs no Transpose where there is a choice. */
  layoutOf(...indices: readonly number[]): Layout {
    const computed = indices.filter((index) => this.constant(index) === undefined);
    const channelsFirst = computed.some((index) => this.#names.channelsFirst.has(index));
    return channelsFirst && computed.every((index) => this.rank(index) === 4) ? 'channelsFirst' : 'plain';
  }

  /** The name of a tensor in the ONNX graph, in the given layout. */
  name(index: number, layout: Layout): string {
    const known = this.#names[layout].get(index);
    if (known !== undefined) return known;
    const constant = this.constant(index);
    if (constant !== undefined) return this.#store(index, layout, constant);
    const other = layout === 'plain' ? 'channelsFirst' : 'plain';
    const source = this.#names[other].get(index);
    if (source === undefined) throw new RangeError(`tensor ${index} is read before it is computed`);
    const perm = attribute.ints(layout === 'plain' ? toPlain : toChannelsFirst);
    const output = this.#newName(index, layout);
    return this.builder.node('Transpose', [source], { perm }, { outputs: [output], name: output });
  }

  /** Stores a constant that is not a tensor of the file. */
  add(constant: Constant, name = 'constant'): string {
    return this.builder.constant(constant, name);
  }

  /** An axis of TFLite's order (negative: from the end) in a layout. */
  axis(index: number, axis: number, layout: Layout): number {
    const rank = this.rank(index);
    const plain = axis < 0 ? axis + rank : axis;
    return layout === 'plain' ? plain : toPlain[plain];
  }

  /** A list with one entry an axis, put into the order of a layout. */
  perAxis<T>(list: readonly T[], layout: Layout): readonly T[] {
    return layout === 'plain' ? list : toChannelsFirst.map((axis) => list[axis]);
  }

  /** Adds the node that computes a tensor, and its fused activation (a number of TFLite's enum). */
  compute(
    index: number,
    layout: Layout,
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    activation = 0,
  ): void {
    const output = this.#newName(index, layout);
    if (activation === 0) {
      this.builder.node(opType, inputs, attributes, { outputs: [output], name: output });
      return;
    }
    const before = this.builder.node(opType, inputs, attributes, { name: `${output}_${opType}` });
    activationNode(this.builder, activation, before, output);
  }

  /** Adds a node of several outputs. */
  computeAll(
    indices: readonly number[],
    layout: Layout,
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
  ): void {
    const outputs = indices.map((index) => this.#newName(index, layout));
    this.builder.nodes(opType, inputs, attributes, { outputs, name: outputs[0] });
  }

  /** Casts to the type that the file gives a tensor, for operators whose ONNX counterpart yields another one. */
  cast(value: string, elementType: ElementType): string {
    return this.builder.node('Cast', [value], { to: attribute.int(elementTypeCode(elementType)) });
  }

  /** Says that a tensor is the same as another one, in every layout. */
  alias(index: number, source: number): void {
    const constant = this.constant(source);
    if (constant !== undefined) {
      this.setConstant(index, constant);
      return;
    }
    if (this.#ends.has(index)) {
      this.compute(index, 'plain', 'Identity', [this.name(source, 'plain')]);
      return;
    }
    for (const layout of ['plain', 'channelsFirst'] as const) {
      const name = this.#names[layout].get(source);
      if (name !== undefined) this.#names[layout].set(index, name);
    }
  }

  /** Gives the outputs of an operator that cannot be imported a name, so that the search for others can go on. */
  leaveOut(indices: readonly number[]): void {
    for (const index of indices) this.#newName(index, 'plain');
  }

  build(name: string, inputs: readonly ValueInfo[]): Graph {
    for (const output of this.model.outputs) this.#provide(output);
    const outputs = this.model.outputs.map((index): ValueInfo => {
      const { name: tensor, elementType } = this.tensor(index);
      return { name: tensor, elementType, shape: undefined };
    });
    return this.builder.build({ name, inputs, outputs });
  }

  /** An output may be a constant, or an input. */
  #provide(output: number): void {
    const constant = this.constant(output);
    if (constant === undefined) this.name(output, 'plain');
    else this.compute(output, 'plain', 'Identity', [this.add(constant)]);
  }

  #store(index: number, layout: Layout, constant: Constant): string {
    const { name } = this.tensor(index);
    const stored = layout === 'plain' ? constant : transposed(asImage(constant), toChannelsFirst);
    const stem = layout === 'plain' ? name : `${name}_channels_first`;
    const own = this.builder.constant(stored, stem === '' ? `tensor_${index}` : stem);
    this.#names[layout].set(index, own);
    return own;
  }

  #newName(index: number, layout: Layout): string {
    const tensor = this.tensor(index).name;
    const stem = tensor === '' ? `tensor_${index}` : tensor;
    const isEnd = this.#ends.has(index);
    const name =
      isEnd && layout === 'plain'
        ? stem
        : this.builder.fresh(isEnd || this.#hasOther(index, layout) ? `${stem}_${layout}` : stem);
    this.#names[layout].set(index, name);
    return name;
  }

  #hasOther(index: number, layout: Layout): boolean {
    return this.#names[layout === 'plain' ? 'channelsFirst' : 'plain'].has(index);
  }
}

/** An operand that is broadcast against images, with its missing axes put in front. */
function asImage(constant: Constant): Constant {
  if (constant.shape.length === 0) return constant.reshaped([1, 1, 1, 1]);
  return constant.reshaped([...Array<number>(4 - constant.shape.length).fill(1), ...constant.shape]);
}
