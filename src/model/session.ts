import type { Tensor } from '../tensor/tensor.js';
import type { Tensors } from './model.js';

/** What a graph declares about one of its inputs or outputs. */
export interface GraphValue {
  readonly name: string;
  /** Element type in ONNX Runtime's words: `float32`, `int64`, ... */
  readonly type: string;
  /** Length of each axis; a name (or an empty string) where the length is free. */
  readonly shape: readonly (number | string)[];
}

/** The inputs and outputs of a graph, in the graph's order. */
export interface GraphInfo {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

/** A graph that is loaded into ONNX Runtime, on one or several threads. */
export interface Session extends GraphInfo {
  /**
   * Runs one batch: the first axis of every feed is the batch, and of any length, also where the graph was exported
   * for one fixed length. A feed of one row beside feeds of several serves all of them. The feeds are neither kept nor changed. Outputs of other element types come as float32.
   * @param outputs names of the outputs to compute; all of them where left out.
   * @throws Problem where the graph refuses the feeds.
   */
  run(feeds: Tensors, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
  /** Ends the session and its threads; runs that are still under way are rejected. */
  close(): Promise<void>;
}
