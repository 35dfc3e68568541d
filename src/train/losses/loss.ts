import type { GraphBuilder } from '../../onnx/index.js';

/**
 * A loss, written behind the logits of a network in opset 18.
 * @param logits tensor [images, outputs]
 * @param target tensor of the same shape: what each output should be, from 0 to 1
 * @returns the loss of each image, [images]
 */
export type Loss = (builder: GraphBuilder, logits: string, target: string) => string;
