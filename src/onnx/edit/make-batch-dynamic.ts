import { tensorsReadBy } from './extract-subgraph.js';
import { attribute, int, ints } from '../attributes.js';
import { Constant } from '../constant.js';
import { GraphBuilder } from '../graph-builder.js';
import { opsetVersion, type Dimension, type Node, type OnnxModel, type ValueInfo } from '../graph.js';
import { Problem } from '../../problem.js';
import { mentions, over, substitute, times } from '../shape/dimension.js';
import { Operands, type Fact } from '../shape/fact.js';
import { operatorOf } from '../shape/operators/index.js';
import { reshaped } from '../shape/operators/layout.js';
import { factOfConstant } from '../shape/operators/source.js';

/** The name that the batch axis gets in the result. */
const batch = 'batch';

/**
 * Lets a model take any number of rows at once: the first axis of every input and output becomes `batch`, and whatever
 * has the exported batch written into the graph (the targets of Reshape, the sizes of Resize, operands that Concat joins) is
 * rewritten. The order of the elements is followed through the whole graph, so each row's result is what a run of that
 * row alone gives. A model that is dynamic already is checked in the same way.
 * @param name what to call the model in a message
 * @throws {Problem} that names the node where rows would be mixed, or where it cannot be told.
 */
export function makeBatchDynamic(model: OnnxModel, name = 'the model'): OnnxModel {
  const rewriter = new Rewriter(model, name);
  for (const node of model.graph.nodes) rewriter.node(node);
  return rewriter.result();
}

class Rewriter {
  readonly #builder = new GraphBuilder();
  readonly #facts = new Map<string, Fact>();
  /** Tensors whose elements depend on the inputs, so that they hold one part for every row. */
  readonly #rows = new Set<string>();
  readonly #inputs: readonly ValueInfo[];
  /** How many rows the model was exported for; where it was dynamic, whatever is baked in is taken to be one row. */
  readonly #exported: number;

  constructor(
    readonly model: OnnxModel,
    readonly name: string,
  ) {
    const { graph } = model;
    for (const [constant, value] of graph.initializers) this.#store(constant, value);
    const lengths = graph.inputs
      .map(({ shape }) => shape?.[0])
      .filter((length) => typeof length === 'number');
    this.#exported = lengths[0] ?? 1;
    this.#inputs = graph.inputs.map((info) => this.#input(info));
    for (const node of graph.nodes) node.outputs.forEach((output) => this.#builder.reserve(output));
  }

  #input(info: ValueInfo): ValueInfo {
    const { name, shape, elementType } = info;
    if (shape === undefined || shape.length === 0) throw this.#refusal(`input "${name}" has no batch axis`);
    if (typeof shape[0] === 'number' && shape[0] !== this.#exported) {
      throw this.#refusal(`its inputs have ${this.#exported} and ${shape[0]} rows`);
    }
    const dynamic = shape.with(0, batch);
    this.#facts.set(name, { elementType, shape: dynamic });
    this.#rows.add(this.#builder.reserve(name));
    return { ...info, shape: dynamic };
  }

  node(node: Node): void {
    if (
      node.opType === 'Shape' ||
      node.opType === 'Size' ||
      !node.inputs.some((name) => this.#rows.has(name))
    ) {
      this.#emit(node);
      return;
    }
    if (operatorOf(node) === undefined) {
      throw this.#refusal(`it is not known whether ${called(node)} keeps the rows of a batch apart`);
    }
    const rewritten = this.#rewrite(node);
    this.#refuseCoupling(rewritten);
    this.#emit(rewritten);
    for (const output of node.outputs) if (output !== '') this.#outputOfRows(output, rewritten);
  }

  result(): OnnxModel {
    const { graph } = this.model;
    const outputs = graph.outputs.map((info) => {
      const shape = this.#facts.get(info.name)?.shape;
      if (!this.#rows.has(info.name)) return info;
      if (shape?.[0] !== batch) throw this.#refusal(`output "${info.name}" has no batch axis`);
      return { ...info, shape };
    });
    const { initializers, nodes, ...rest } = this.#builder.build({
      name: graph.name,
      inputs: this.#inputs,
      outputs,
    });
    const read = new Set([
      ...nodes.flatMap((node) => [...tensorsReadBy(node)]),
      ...outputs.map(({ name }) => name),
    ]);
    return {
      ...this.model,
      graph: {
        ...rest,
        nodes,
        // Without the targets that were replaced.
        initializers: new Map([...initializers].filter(([name]) => read.has(name))),
        ...(graph.carried === undefined ? {} : { carried: graph.carried }),
      },
    };
  }

  #rewrite(node: Node): Node {
    switch (node.opType) {
      case 'Reshape':
        return this.#reshape(node);
      case 'Squeeze':
        return this.#squeeze(node);
      case 'Concat':
        return this.#concat(node);
      case 'Resize':
        return this.#resize(node);
      default:
        return node;
    }
  }

  /** Puts the batch into a target that was written for one row. */
  #reshape(node: Node): Node {
    const operands = this.#operands(node);
    const shape = operands.shape(0);
    const target = operands.values(1);
    const axis = this.#batchAxis(node.inputs[0], node);
    if (shape === undefined || target === undefined) return node;
    const before = times(...shape.slice(0, axis));
    const single = reshaped(
      shape.map((length) => substitute(length, batch, this.#exported)),
      target.map((length) => substitute(length, batch, this.#exported)),
      int(node, 'allowzero', 0) === 1,
    );
    const position = axisAfter(single, before);
    if (position === undefined) {
      throw this.#refusal(`${called(node)} reshapes over the batch axis`);
    }
    const wanted = single.with(position, times(over(single[position], this.#exported), batch));
    const now = reshaped(shape, target, int(node, 'allowzero', 0) === 1);
    if (now.every((length, i) => length === wanted[i]) && !wanted.includes(null)) return node;
    const given = target.map((length, i) => (i === position ? 0 : length));
    const copies = shape[position] === wanted[position];
    const numbers = copies
      ? given.map((length, i) => (length === -1 && typeof wanted[i] === 'number' ? wanted[i] : length))
      : wanted.with(position, -1);
    if (!numbers.every((length) => typeof length === 'number')) {
      throw this.#refusal(`${called(node)} has a target that depends on unknown sizes`);
    }
    const constant = this.#constant(Constant.int64(numbers), `${node.outputs[0]}_shape`);
    return { ...node, inputs: [node.inputs[0], constant], attributes: {} };
  }

  /** Without axes, Squeeze would drop a batch that happens to be one row. */
  #squeeze(node: Node): Node {
    const operands = this.#operands(node);
    const shape = operands.shape(0);
    if (shape === undefined || ints(node, 'axes') !== undefined || operands.has(1)) return node;
    const axes = shape.flatMap((length, axis) => (length === 1 ? [axis] : []));
    if (operands.opset < 13) return { ...node, attributes: { axes: attribute.ints(axes) } };
    return {
      ...node,
      inputs: [node.inputs[0], this.#constant(Constant.int64(axes), `${node.outputs[0]}_axes`)],
    };
  }

  /** Repeats an operand that is the same for every row, such as a class token, once a row. */
  #concat(node: Node): Node {
    const rows = node.inputs.find((input) => this.#rows.has(input))!;
    const axis = this.#batchAxis(rows, node);
    const wanted = this.#facts.get(rows)!.shape!;
    if (wanted[axis] !== batch) return node;
    const inputs = node.inputs.map((input) => {
      const shape = this.#facts.get(input)?.shape;
      if (shape === undefined || this.#rows.has(input) || shape[axis] !== 1) return input;
      const length = this.#batchLength(rows, axis);
      const one = this.#constant(Constant.int64([1]), 'one');
      const size = this.#node(
        'Concat',
        shape.map((_, i) => (i === axis ? length : one)),
        { axis: attribute.int(0) },
      );
      return this.#node('Expand', [input, size]);
    });
    return { ...node, inputs };
  }

  /** Sizes name every axis, the batch too. */
  #resize(node: Node): Node {
    const operands = this.#operands(node);
    const sizes = operands.values(3);
    const axis = this.#batchAxis(node.inputs[0], node);
    if (sizes?.[axis] !== this.#exported || ints(node, 'axes') !== undefined || !operands.has(3)) return node;
    if (!sizes.every((size) => typeof size === 'number')) return node;
    const length = this.#batchLength(node.inputs[0], axis);
    const parts = [
      ...(axis > 0 ? [this.#constant(Constant.int64(sizes.slice(0, axis)), 'sizes')] : []),
      length,
      this.#constant(Constant.int64(sizes.slice(axis + 1)), 'sizes'),
    ];
    return { ...node, inputs: node.inputs.with(3, this.#node('Concat', parts, { axis: attribute.int(0) })) };
  }

  /** A tensor of one element: how many rows there are. */
  #batchLength(tensor: string, axis: number): string {
    const shape = this.#node('Shape', [tensor]);
    return this.#node('Gather', [shape, this.#constant(Constant.int64([axis]), 'batch_axis')]);
  }

  #refuseCoupling(node: Node): void {
    const operands = this.#operands(node);
    node.inputs.forEach((input, i) => {
      if (!this.#rows.has(input)) return;
      const coupled = operatorOf(node)!.couples(operands, i);
      if (coupled === 'all' || coupled.includes(this.#batchAxis(input, node))) {
        throw this.#refusal(`${called(node)} mixes the rows of a batch`);
      }
    });
  }

  #outputOfRows(output: string, node: Node): void {
    this.#rows.add(output);
    const axis = this.#batchAxis(output, node);
    if (node.opType !== 'Reshape' && node.opType !== 'Flatten') return;
    // Elements stay in their order, so the batch must have as many elements before it as in the input.
    const [input] = node.inputs;
    const inputAxis = this.#batchAxis(input, node);
    const before = times(...this.#facts.get(input)!.shape!.slice(0, inputAxis));
    if (before !== times(...this.#facts.get(output)!.shape!.slice(0, axis))) {
      throw this.#refusal(`${called(node)} reshapes over the batch axis`);
    }
  }

  /** The one axis that holds the batch, perhaps as a multiple such as `4420*batch` with the rows outermost. */
  #batchAxis(tensor: string, node: Node): number {
    const shape = this.#facts.get(tensor)?.shape;
    const axes = shape?.flatMap((length, axis) => (mentions(length, batch) ? [axis] : [])) ?? [];
    if (axes.length === 1) return axes[0];
    if (axes.length > 1) throw this.#refusal(`${called(node)} mixes the rows of a batch`);
    throw this.#refusal(
      shape === undefined || shape.includes(null)
        ? `the shape of "${tensor}" at ${called(node)} is not known`
        : `"${tensor}" at ${called(node)} has no batch axis`,
    );
  }

  #operands(node: Node): Operands {
    return new Operands(
      node,
      opsetVersion(this.model),
      node.inputs.map((input) => this.#facts.get(input)),
    );
  }

  #emit(node: Node): void {
    this.#builder.push(node);
    const facts = operatorOf(node)?.infer(this.#operands(node)) ?? [];
    node.outputs.forEach((output, i) => {
      if (output !== '' && i < facts.length) this.#facts.set(output, facts[i]);
    });
  }

  #node(opType: string, inputs: readonly string[], attributes: Node['attributes'] = {}): string {
    const output = this.#builder.fresh(`${batch}_${opType}`);
    this.#emit({ name: output, opType, domain: '', inputs, outputs: [output], attributes });
    return output;
  }

  #constant(value: Constant, base: string): string {
    const name = this.#builder.constant(value, base);
    this.#facts.set(name, factOfConstant(value));
    return name;
  }

  #store(name: string, value: Constant): void {
    this.#builder.store(name, value);
    this.#facts.set(name, factOfConstant(value));
  }

  #refusal(why: string): Problem {
    return new Problem(this.name, `cannot be made to take batches: ${why}`, 'run it one row at a time');
  }
}

/** The axis that has so many elements before it; of several, one of length 1. */
function axisAfter(shape: readonly Dimension[], before: Dimension): number | undefined {
  const candidates = shape.flatMap((_, axis) => (times(...shape.slice(0, axis)) === before ? [axis] : []));
  if (before === null || candidates.length === 0) return undefined;
  if (before === 1) return 0;
  return candidates.find((axis) => shape[axis] === 1) ?? candidates[0];
}

function called({ opType, name, outputs }: Node): string {
  return `${opType} "${name === '' ? outputs[0] : name}"`;
}
