import type { Tensor, TensorData } from '../tensor/tensor.js';
import type { FinalActivation } from '../onnx/index.js';
import type { Card } from './card.js';
import type { GraphInfo } from './session.js';

/** The tensors of one run, by name in the graph. */
export type Tensors = Readonly<Record<string, Tensor<TensorData>>>;

/** The softmax or sigmoid that the graph ends in, by the output that comes out of it. */
export type FinalActivations = Readonly<Record<string, FinalActivation>>;

/** A model that is ready to run. All inference is asynchronous and never on the main thread. */
export interface Model extends GraphInfo {
  readonly card: Card;
  /** SHA-256 (hex) of the file as the user gave it, before any import or edit. */
  readonly sha256: string;
  /** The ONNX file that runs, after import and edits. Not to be changed. */
  readonly onnx: Uint8Array;
  /** `run` takes the names of their logits too. */
  readonly activations: FinalActivations;
  /**
   * Runs one batch. The first axis of every feed is the batch; any size is allowed and does not change the rows'
   * results. The feeds are neither kept nor changed, so the caller may reuse its buffers once the promise settles.
   * Outputs of other element types come as float32.
   * @param outputs names of the graph's outputs to compute; those of the card where left out.
   */
  run(feeds: Tensors, outputs?: readonly string[]): Promise<Record<string, Tensor>>;
  /** Ends the sessions and their threads. */
  close(): Promise<void>;
}
