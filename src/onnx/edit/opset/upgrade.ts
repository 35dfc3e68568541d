import type { Constant } from '../../constant.js';
import type { Attributes, Node } from '../../graph.js';
import type { Fact } from '../../shape/fact.js';

/** What an upgrade may ask for and write. */
export interface UpgradeContext {
  /** Stores a constant and returns its name. */
  constant(value: Constant): string;
  /** Writes a node before the one that is upgraded and returns the name of its output. */
  before(opType: string, inputs: readonly string[], attributes?: Attributes): string;
  /** What is known about a tensor. */
  fact(name: string): Fact | undefined;
  /** Says why a node cannot be upgraded. */
  refuse(why: string): never;
}

/** Rewrites a node from the form it had before an opset to the form that the opset wants. */
export type Upgrade = (node: Node, context: UpgradeContext) => Node;

/** The operators whose form an opset changed. */
export interface Changes {
  readonly opset: number;
  readonly operators: Readonly<Record<string, Upgrade>>;
}
