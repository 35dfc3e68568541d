import type { Card } from '../../model/card.js';
import type { Model } from '../../model/model.js';
import { openDifferentiable } from '../../explain/differentiable.js';
import { embeddingOutput, type PairExplanation, type PairInput } from '../../explain/pair-explanation.js';
import { explainXssab } from '../../explain/xssab/xssab.js';

/** A method that explains pairs, with its options. Plain data. */
export interface PairMethod {
  readonly name: 'xssab';
  /** Cosine from which two faces match. */
  readonly threshold: number;
}

/** A method on a model that is open, for any number of pairs. */
export type PairExplainer = (pair: PairInput) => Promise<PairExplanation>;

/**
 * Prepares a method inside a worker thread.
 * @throws {Problem} where the model cannot be differentiated, or gives no embedding.
 */
export async function pairExplainer(model: Model, card: Card, method: PairMethod): Promise<PairExplainer> {
  const network = await openDifferentiable(model, embeddingOutput(card), { inline: true });
  return (pair) => explainXssab(network, pair, method);
}
