import type { GraphBuilder } from '../../onnx/index.js';
import type { RandomState } from '../../tensor/random.js';

/** What a head reads: a tensor [images, channels] or [images, channels, height, width]. */
export interface Feature {
  readonly name: string;
  /** Without the batch axis. */
  readonly shape: readonly number[];
}

/** A small network behind the features of a frozen one. Written with operators that mean the same in opset 7 to 21. */
export interface Head {
  /** For reports and help. */
  readonly words: string;
  /** Whether maps are averaged over their places before they are kept, so that the head sees one vector an image. */
  readonly pooled: boolean;
  /**
   * Writes the network.
   * @param random draws the first weights
   * @returns the logits, [images, outputs]
   */
  build(builder: GraphBuilder, feature: Feature, outputs: number, random: RandomState): string;
}
