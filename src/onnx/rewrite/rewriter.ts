import type { Constant } from '../constant.js';
import type { GraphBuilder } from '../graph-builder.js';
import type { Attributes, Dimension, Graph, Node } from '../graph.js';
import type { Fact } from '../shape/fact.js';

/**
 * An equivalent form of one node that runs faster. It writes the nodes that take the node's place, the last of them with
 * `site.replace`, or does nothing where the node does not fit.
 */
export type Rewrite = (node: Node, site: RewriteSite) => void;

/** What a rewrite may ask about the graph around a node, and how it writes. */
export class RewriteSite {
  #replaced = false;

  constructor(
    readonly node: Node,
    readonly builder: GraphBuilder,
    readonly graph: Graph,
    readonly facts: ReadonlyMap<string, Fact>,
    readonly producers: ReadonlyMap<string, Node>,
    /** The tensors of a gradient model that depend on a seed. */
    readonly fromSeeds: ReadonlySet<string>,
    /** What `once` has written. */
    readonly written: Map<string, string>,
  ) {}

  get replaced(): boolean {
    return this.#replaced;
  }

  shape(tensor: string): readonly Dimension[] | undefined {
    return this.facts.get(tensor)?.shape;
  }

  /** A stored constant; weights count as constant, so a rewrite belongs behind the last change of them. */
  constant(tensor: string | undefined): Constant | undefined {
    return tensor === undefined ? undefined : this.graph.initializers.get(tensor);
  }

  /** The value of a constant of one element. */
  scalar(tensor: string): number | undefined {
    const values = this.facts.get(tensor)?.values;
    return values?.length === 1 && typeof values[0] === 'number' ? values[0] : undefined;
  }

  /** The node that computes a tensor. */
  producer(tensor: string): Node | undefined {
    return this.producers.get(tensor);
  }

  /** Writes a node and returns the name of its output. */
  op(opType: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.builder.node(opType, inputs, attributes, {
      name: this.builder.fresh(`${this.node.outputs[0]}_${opType}`),
    });
  }

  /** The tensor that was written under this key, or else is now: for what several nodes are to share. */
  once(key: string, write: () => string): string {
    const tensor = this.written.get(key) ?? write();
    this.written.set(key, tensor);
    return tensor;
  }

  store(constant: Constant): string {
    return this.builder.constant(constant, `${this.node.outputs[0]}_constant`);
  }

  /** Writes the node whose output is that of the node in work. */
  replace(opType: string, inputs: readonly string[], attributes: Attributes = {}): void {
    const { name, outputs } = this.node;
    this.builder.push({ name, opType, domain: '', inputs, outputs, attributes });
    this.#replaced = true;
  }
}
