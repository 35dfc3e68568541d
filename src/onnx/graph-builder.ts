import type { Constant } from './constant.js';
import type { Attributes, Graph, Node, ValueInfo } from './graph.js';

export interface NodeOptions {
  /** Names of the outputs, or how many to make up names for; an empty name leaves an optional output out. Default 1. */
  readonly outputs?: number | readonly string[];
  readonly name?: string;
  /** Default: ONNX's own operators. */
  readonly domain?: string;
}

/**
 * Writes a graph node by node; names are made up so that none is used twice. Starts empty, or with all that a given
 * graph holds.
 */
export class GraphBuilder {
  readonly #names = new Set<string>(['']);
  readonly #counts = new Map<string, number>();
  readonly #nodes: Node[] = [];
  readonly #initializers = new Map<string, Constant>();
  readonly #base: Graph | undefined;

  constructor(base?: Graph) {
    this.#base = base;
    if (base === undefined) return;
    for (const { name } of base.inputs) this.#names.add(name);
    for (const [name, constant] of base.initializers) this.store(name, constant);
    for (const node of base.nodes) this.push(node);
  }

  /** A name that is not in use yet, made from `base`. It counts as used from now on. */
  fresh(base: string): string {
    let name = base;
    for (let count = this.#counts.get(base) ?? 1; this.#names.has(name); count++) {
      name = `${base}_${count}`;
      this.#counts.set(base, count + 1);
    }
    this.#names.add(name);
    return name;
  }

  /** Keeps a name from being made up, such as that of a graph input. */
  reserve(name: string): string {
    this.#names.add(name);
    return name;
  }

  /** Stores a constant and returns its name. */
  constant(constant: Constant, name = 'constant'): string {
    return this.store(this.fresh(name), constant);
  }

  /** Stores a constant under the given name. */
  store(name: string, constant: Constant): string {
    this.#names.add(name);
    this.#initializers.set(name, constant);
    return name;
  }

  /** Appends a node of one output (or more, of which the first counts) and returns the output's name. */
  node(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    options: NodeOptions = {},
  ): string {
    return this.nodes(opType, inputs, attributes, options)[0];
  }

  /** Appends a node and returns the names of its outputs. */
  nodes(
    opType: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    { outputs = 1, name, domain = '' }: NodeOptions = {},
  ): readonly string[] {
    const base = name ?? opType;
    const names =
      typeof outputs === 'number' ? Array.from({ length: outputs }, () => this.fresh(base)) : outputs;
    this.push({ name: name ?? names[0], opType, domain, inputs, outputs: names, attributes });
    return names;
  }

  /** Appends a node as it is. */
  push(node: Node): void {
    for (const output of node.outputs) this.#names.add(output);
    // Nodes are named after their outputs, and no two nodes may have one name either.
    this.#names.add(node.name);
    this.#nodes.push(node);
  }

  /** The graph so far; what is not given is that of the graph the builder started with. */
  build(parts: {
    readonly name?: string;
    readonly inputs?: readonly ValueInfo[];
    readonly outputs?: readonly ValueInfo[];
  }): Graph {
    const base = this.#base;
    return {
      ...base,
      name: parts.name ?? base?.name ?? 'graph',
      inputs: parts.inputs ?? base?.inputs ?? [],
      outputs: parts.outputs ?? base?.outputs ?? [],
      nodes: [...this.#nodes],
      initializers: new Map(this.#initializers),
      valueInfo: base?.valueInfo ?? new Map(),
    };
  }
}
