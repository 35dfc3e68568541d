import type { Node } from '../graph.js';
import type { Context } from './context.js';

/** A node whose gradients are wanted. */
export interface Application {
  readonly node: Node;
  /** The first input. */
  readonly x: string;
  /** The first output. */
  readonly y: string;
  /** The gradient that arrives at `y`. Its batch axis may be longer than that of `y`: see {@link Rule}. */
  readonly g: string;
  /** The gradient that arrives at each output; `undefined` where an output does not reach what is differentiated. */
  readonly upstream: readonly (string | undefined)[];
}

/** Writes the nodes of the gradient with respect to one input and returns its name. */
export type Gradient = () => string;

/**
 * The vector-Jacobian product of one operator: for each input the gradient, `undefined` where the output is constant
 * (or has the derivative zero almost everywhere) in that input. Only the gradients that are needed are written.
 *
 * Rules see the operators as of opset 18 and later. They must bear a `g` with more rows than `y`, where the forward
 * pass has one image and `g` holds several seeds: what was computed forward then broadcasts along the batch axis, so a
 * rule asks for shapes of forward tensors only, and leaves the batch axis of `g` free.
 *
 * @throws {Refusal} where the operator is used in a way that has no rule.
 */
export type Rule = (at: Application, context: Context) => readonly (Gradient | undefined)[];

/** Why a rule cannot differentiate a node; all of a model are reported together. */
export class Refusal extends Error {}
