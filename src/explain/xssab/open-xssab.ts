import { cardInput } from '../../model/check-card.js';
import type { Model } from '../../model/model.js';
import { openGraph, type OpenGraphOptions } from '../../model/open-graph.js';
import { outputRow } from '../../model/outputs/output-row.js';
import { decodeModel, encodeModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { differentiated } from '../differentiated.js';
import { isFinite } from '../is-finite.js';
import type { PairInput } from '../pair-explanation.js';
import { pairGraph, type PairSide } from './pair-graph.js';

/** A model beside the graph that explains its pairs. */
export interface XssabNetwork {
  /** Runs forward only; stays open when this is closed. */
  readonly model: Model;
  /** @throws Problem where a value is NaN or infinite. */
  run(pair: PairInput, threshold: number): Promise<{ readonly a: ExplainedSide; readonly b: ExplainedSide }>;
  /** Ends the sessions of the graph. */
  close(): Promise<void>;
}

/** What the graph says about one image of a pair. */
export interface ExplainedSide {
  /** As the network gives it. */
  readonly embedding: Float32Array;
  /** The gradient of what speaks for a match, in the network's layout; NaN where an embedding is zero. */
  readonly positive: Float32Array;
  /** The same of what speaks against it. */
  readonly negative: Float32Array;
}

/**
 * Writes the graph of xSSAB for a model once, for any number of pairs.
 *
 * @param output the embedding, by its name in the graph, such as that of `embeddingOutput`.
 * @throws Problem where an operator has no rule; it lists the methods that work without a gradient.
 */
export async function openXssab(
  model: Model,
  output: string,
  options: OpenGraphOptions = {},
): Promise<XssabNetwork> {
  const { card } = model;
  const { name: input } = cardInput(card, model, card.name);
  const graph = differentiated(card, () =>
    pairGraph(decodeModel(model.onnx, card.name), input, output, card.name),
  );
  const session = await openGraph(encodeModel(graph.onnx), card.name, options);
  return {
    model,
    async run({ a, b }, threshold) {
      const outputs = await session.run({
        [graph.a.image]: a,
        [graph.b.image]: b,
        [graph.threshold]: { data: Float64Array.of(threshold), shape: [1] },
      });
      const sideOf = ({ embedding, positive, negative }: PairSide): ExplainedSide => ({
        embedding: outputRow(card, { [output]: outputs[embedding] }, output, 0),
        positive: outputs[positive].data,
        negative: outputs[negative].data,
      });
      return { a: sideOf(graph.a), b: sideOf(graph.b) };
    },
    close: () => session.close(),
  };
}

/** @throws Problem where a gradient is NaN or infinite. */
export function checkGradients({ card }: Model, sides: readonly ExplainedSide[]): void {
  if (sides.every(({ positive, negative }) => isFinite(positive) && isFinite(negative))) return;
  throw new Problem(
    card.name,
    'a gradient is not finite',
    "check the input's mean and std in the card, and the weights",
  );
}
