import type { Dimension, Node } from '../graph.js';
import type { ElementType } from '../element-type.js';
import { ints } from '../attributes.js';

/** What is known about a tensor before the model runs. */
export interface Fact {
  readonly elementType?: ElementType | undefined;
  readonly shape?: readonly Dimension[] | undefined;
  /** The elements in C order, of small tensors that hold sizes or indices; each may be a named length. */
  readonly values?: readonly Dimension[] | undefined;
}

/** A node together with what is known about its inputs. */
export class Operands {
  constructor(
    readonly node: Node,
    /** Version of the operator set that the node is written in. */
    readonly opset: number,
    readonly facts: readonly (Fact | undefined)[],
  ) {}

  /** Whether an optional input is given. */
  has(input: number): boolean {
    return (this.node.inputs[input] ?? '') !== '';
  }

  shape(input: number): readonly Dimension[] | undefined {
    return this.facts[input]?.shape;
  }

  rank(input: number): number | undefined {
    return this.facts[input]?.shape?.length;
  }

  elementType(input: number): ElementType | undefined {
    return this.facts[input]?.elementType;
  }

  /** The elements of an input, as far as they are known. */
  values(input: number): readonly Dimension[] | undefined {
    return this.facts[input]?.values;
  }

  /** The elements of an input where all are known numbers. */
  numbers(input: number): readonly number[] | undefined {
    const values = this.values(input);
    return values?.every((value) => typeof value === 'number') === true ? values : undefined;
  }

  /** A list that older operator versions have as an attribute and newer ones as an input. */
  list(attribute: string, input: number): readonly number[] | undefined {
    return ints(this.node, attribute) ?? this.numbers(input);
  }

  /** Axes without negative numbers. */
  axes(attribute: string, input: number, rank: number): readonly number[] | undefined {
    return this.list(attribute, input)?.map((axis) => fromFront(axis, rank));
  }
}

/** An axis counted from the front, whichever end it was counted from. */
export function fromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** The shape of two operands of an element-wise operator (numpy's broadcasting). */
export function broadcast(
  ...shapes: readonly (readonly Dimension[] | undefined)[]
): readonly Dimension[] | undefined {
  let result: readonly Dimension[] = [];
  for (const shape of shapes) {
    if (shape === undefined) return undefined;
    const rank = Math.max(shape.length, result.length);
    const [left, right] = [padded(result, rank), padded(shape, rank)];
    result = left.map((length, axis) => broadcastAxis(length, right[axis]));
  }
  return result;
}

function padded(shape: readonly Dimension[], rank: number): readonly Dimension[] {
  return [...Array<number>(rank - shape.length).fill(1), ...shape];
}

function broadcastAxis(a: Dimension, b: Dimension): Dimension {
  if (a === 1) return b;
  if (b === 1 || a === b) return a;
  // A known length above 1 decides; of a name and another one, neither does.
  if (typeof a === 'number') return a;
  return typeof b === 'number' ? b : null;
}
