import type { Tensor } from '../../tensor/tensor.js';
import type { Card } from '../card.js';
import { activated } from './attribute-scores.js';
import { outputRow } from './output-row.js';

/** A map of one image: one plane a channel. */
export interface OutputMap {
  /** The output's name in the graph. */
  readonly output: string;
  readonly meaning: string;
  readonly channels: readonly string[];
  /** [channels, height, width]. */
  readonly map: Tensor;
}

/**
 * The maps of one image, each as the card describes it.
 * @param outputs results of `Model.run`.
 * @param row which image of the batch.
 * @throws Problem where a value is not finite.
 */
export function outputMaps(card: Card, outputs: Readonly<Record<string, Tensor>>, row: number): OutputMap[] {
  return Object.entries(card.outputs).flatMap(([output, described]) => {
    if (described.kind !== 'map') return [];
    const { meaning, channels, activation } = described;
    const values = outputRow(card, outputs, output, row);
    const sizes = outputs[output].shape.slice(1);
    const last = sizes.length === 3 && card.input.layout === 'NHWC';
    const [height, width] = last ? sizes.slice(0, 2) : sizes.slice(-2);
    const pixels = height * width;
    const data = Float32Array.from({ length: channels.length * pixels }, (_, at) => {
      const [channel, pixel] = [Math.floor(at / pixels), at % pixels];
      return activated(values[last ? pixel * channels.length + channel : at], activation);
    });
    return [{ output, meaning, channels, map: { data, shape: [channels.length, height, width] } }];
  });
}
