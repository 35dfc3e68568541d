import type { Fact, Operands } from './fact.js';

/** Every axis, and every other input: nothing is known about how the operator treats them. */
export type Coupling = readonly number[] | 'all';

/** What an operator does to shapes. */
export interface Operator {
  /** What is known about the outputs; an output that is left out is unknown. */
  infer(operands: Operands): readonly Fact[];
  /**
   * The axes of one input along which an output element depends on more than the one place. Along all other axes the
   * operator works place by place, so a batch there stays a batch of independent rows.
   */
  couples(operands: Operands, input: number): Coupling;
}

export type Operators = Readonly<Record<string, Operator>>;

/** For operators that work element by element, or only move elements. */
export const nothing = (): Coupling => [];
