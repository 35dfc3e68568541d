import { attribute } from '../../attributes.js';
import { Constant } from '../../constant.js';
import { elementTypeCode, type ElementType } from '../../element-type.js';
import { GraphBuilder } from '../../graph-builder.js';
import type { Attributes, Dimension, Graph, Node, ValueInfo } from '../../graph.js';
import { Operands, type Fact } from '../../shape/fact.js';
import { operatorOf } from '../../shape/operators/index.js';
import { factOfConstant } from '../../shape/operators/source.js';
import { transposed } from '../transposed.js';
import { Unsupported } from '../unsupported.js';

/** The operator set that is written. */
export const opset = 17;

/**
 * The order of a tensor's axes in the ONNX graph: `plain` is the file's own (images are [N, H, W, C]); `channelsFirst`
 * is [N, C, H, W], which only tensors of four axes have.
 */
export type Layout = 'plain' | 'channelsFirst';

/** Where each axis of [N, H, W, C] is in [N, C, H, W], and the other way round. */
const toChannelsFirst = [0, 3, 1, 2];
const toPlain = [0, 2, 3, 1];

/** A tensor of the file: stored or computed. Made by `ChannelsLastGraph`. */
export class Value {
  constructor(
    /** Its name in the ONNX graph, in each layout in which it is there. */
    readonly names: Map<Layout, string>,
    /** What it is called in the file. */
    readonly stem: string,
    readonly constant?: Constant,
  ) {}
}

/**
 * The ONNX graph of a network whose file says that images are [N, H, W, C], while operators are added to it. A tensor
 * lives in the layout that its operator made it in, and gets a Transpose only where another operator wants the other
 * layout; each tensor is transposed once at most. Shapes are inferred as the graph grows, because these files hold none.
 */
export class ChannelsLastGraph {
  readonly #builder = new GraphBuilder();
  readonly #facts = new Map<string, Fact>();
  readonly #inputs: ValueInfo[] = [];

  /** @param outputNames kept free for `build`. */
  constructor(outputNames: readonly string[]) {
    for (const name of outputNames) this.#builder.reserve(name);
  }

  /** An input of the model, in the file's layout. */
  input(name: string, elementType: ElementType, shape: readonly Dimension[]): Value {
    this.#builder.reserve(name);
    this.#inputs.push({ name, elementType, shape });
    this.#facts.set(name, { elementType, shape });
    return new Value(new Map([['plain', name]]), name);
  }

  /** A stored tensor; it becomes part of the graph where an operator asks for its name. */
  constant(constant: Constant, stem: string): Value {
    return new Value(new Map(), stem, constant);
  }

  /** Axes in the file's order. */
  shape(value: Value): readonly Dimension[] {
    if (value.constant !== undefined) return value.constant.shape;
    for (const [layout, name] of value.names) {
      const shape = this.#facts.get(name)?.shape;
      if (shape !== undefined) return layout === 'plain' ? shape : toPlain.map((axis) => shape[axis]);
    }
    throw new Unsupported('axes that are not known before the model runs');
  }

  rank(value: Value): number {
    return this.shape(value).length;
  }

  /** The length of an axis of the file's order (negative: from the end) that must be known at import. */
  length(value: Value, axis: number): number {
    const length = this.shape(value).at(axis);
    if (typeof length !== 'number') throw new Unsupported('sizes that are not known before the model runs');
    return length;
  }

  elementType(value: Value): ElementType | undefined {
    if (value.constant !== undefined) return storedType(value.constant.elementType);
    const [name] = value.names.values();
    return this.#facts.get(name)?.elementType;
  }

  /** The elements of a tensor that must be known at import, such as axes or paddings. */
  numbers(value: Value): readonly number[] {
    const known = this.knownNumbers(value);
    if (known === undefined) throw new Unsupported('sizes or axes that are computed while the model runs');
    return known;
  }

  knownNumbers(value: Value): readonly number[] | undefined {
    if (value.constant !== undefined) return value.constant.numbers();
    const name = value.names.get('plain');
    const values = name === undefined ? undefined : this.#facts.get(name)?.values;
    return values?.every((entry) => typeof entry === 'number') === true ? values : undefined;
  }

  /** The layout that needs no Transpose where there is a choice. */
  layoutOf(...values: readonly Value[]): Layout {
    const computed = values.filter(({ constant }) => constant === undefined);
    const channelsFirst = computed.some(({ names }) => names.has('channelsFirst'));
    return channelsFirst && values.every((value) => this.#canBeImage(value)) ? 'channelsFirst' : 'plain';
  }

  #canBeImage(value: Value): boolean {
    return value.constant === undefined ? this.rank(value) === 4 : value.constant.shape.length <= 4;
  }

  /** The name of a tensor in the ONNX graph, in the given layout. */
  name(value: Value, layout: Layout): string {
    const known = value.names.get(layout);
    if (known !== undefined) return known;
    const name = value.constant === undefined ? this.#transpose(value, layout) : this.#store(value, layout);
    value.names.set(layout, name);
    return name;
  }

  #transpose(value: Value, layout: Layout): string {
    const [source] = value.names.values();
    const perm = attribute.ints(layout === 'plain' ? toPlain : toChannelsFirst);
    return this.node('Transpose', [source], { perm }, `${value.stem}_${layout}`);
  }

  #store({ constant, stem }: Value, layout: Layout): string {
    const { elementType } = constant!;
    const wide =
      storedType(elementType) === elementType
        ? constant!
        : Constant.float32(constant!.float32(), constant!.shape);
    return layout === 'plain'
      ? this.store(wide, stem)
      : this.store(transposed(asImage(wide), toChannelsFirst), `${stem}_channels_first`);
  }

  /** An axis of the file's order (negative: from the end) in a layout. */
  axis(value: Value, axis: number, layout: Layout): number {
    const plain = axis < 0 ? axis + this.rank(value) : axis;
    return layout === 'plain' ? plain : toPlain[plain];
  }

  /** A list with one entry an axis, put into the order of a layout. */
  perAxis<T>(list: readonly T[], layout: Layout): readonly T[] {
    return layout === 'plain' ? list : toChannelsFirst.map((axis) => list[axis]);
  }

  /** Stores a constant that is not a tensor of the file. */
  store(constant: Constant, name = 'constant'): string {
    const own = this.#builder.constant(constant, name);
    this.#facts.set(own, factOfConstant(constant));
    return own;
  }

  /** Adds a node of one output and returns the output's name. */
  node(opType: string, inputs: readonly string[], attributes: Attributes = {}, stem = opType): string {
    return this.#nodes(opType, inputs, attributes, stem, 1)[0];
  }

  /** Adds the node that computes a tensor of the file. */
  compute(
    stem: string,
    layout: Layout,
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
  ): Value {
    return this.computeAll(stem, 1, layout, opType, inputs, attributes)[0];
  }

  /** Adds a node of several outputs. */
  computeAll(
    stem: string,
    count: number,
    layout: Layout,
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
  ): readonly Value[] {
    return this.#nodes(opType, inputs, attributes, stem, count).map(
      (name) => new Value(new Map([[layout, name]]), name),
    );
  }

  /** Adds an element-wise node; operands of several are broadcast against each other. */
  elementwise(stem: string, opType: string, operands: readonly Value[], attributes: Attributes = {}): Value {
    const layout = this.layoutOf(...operands);
    return this.compute(stem, layout, opType, this.names(operands, layout), attributes);
  }

  names(values: readonly Value[], layout: Layout): readonly string[] {
    return values.map((value) => this.name(value, layout));
  }

  /** Casts a value of the graph. */
  cast(name: string, elementType: ElementType): string {
    return this.node('Cast', [name], { to: attribute.int(elementTypeCode(elementType)) });
  }

  /** The graph with the given outputs, each in the file's layout under its own name. */
  build(name: string, outputs: readonly (readonly [string, Value])[]): Graph {
    const inputNames = new Set(this.#inputs.map((input) => input.name));
    const renamed = new Map<string, string>();
    for (const [output, value] of outputs) {
      const own = this.name(value, 'plain');
      const isComputed = value.constant === undefined && !inputNames.has(own) && !renamed.has(own);
      if (isComputed) renamed.set(own, output);
      else this.#builder.node('Identity', [own], {}, { outputs: [output], name: output });
    }
    const infos = outputs.map(([output]) => ({
      name: output,
      elementType: undefined,
      shape: undefined,
    }));
    const graph = this.#builder.build({ name, inputs: this.#inputs, outputs: infos });
    const rename = (tensor: string) => renamed.get(tensor) ?? tensor;
    const nodes = graph.nodes.map((node): Node => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    }));
    const withTypes = outputs.map(([output, value], i): ValueInfo => {
      return { ...infos[i], name: output, elementType: this.elementType(value) };
    });
    return { ...graph, nodes, outputs: withTypes };
  }

  #nodes(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes,
    stem: string,
    count: number,
  ): readonly string[] {
    const outputs = Array.from({ length: count }, () => this.#builder.fresh(stem));
    const node: Node = { name: outputs[0], opType, domain: '', inputs, outputs, attributes };
    this.#builder.push(node);
    const operands = new Operands(
      node,
      opset,
      inputs.map((input) => this.#facts.get(input)),
    );
    const facts = operatorOf(node)?.infer(operands) ?? [];
    outputs.forEach((output, i) => {
      if (i < facts.length) this.#facts.set(output, facts[i]);
    });
    return outputs;
  }
}

/** 16-bit floats become float32. */
function storedType(elementType: ElementType): ElementType {
  return elementType === 'float16' || elementType === 'bfloat16' ? 'float32' : elementType;
}

/** An operand that is broadcast against images, with its missing axes put in front. */
function asImage(constant: Constant): Constant {
  return constant.reshaped([...Array<number>(4 - constant.shape.length).fill(1), ...constant.shape]);
}
