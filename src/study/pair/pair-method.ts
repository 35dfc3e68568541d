import { explainCorrRise } from '../../explain/corrrise.js';
import type { OpenCv } from '../../image/opencv.js';
import type { Model } from '../../model/model.js';
import { openDifferentiable } from '../../explain/differentiable.js';
import { embeddingOutput, type PairExplanation, type PairInput } from '../../explain/pair-explanation.js';
import { explainFggb } from '../../explain/fggb.js';
import { explainXFace, type XFaceDistance } from '../../explain/xface.js';
import { openXssab } from '../../explain/xssab/open-xssab.js';
import { explainXssab } from '../../explain/xssab/xssab.js';

/** A method that explains pairs, with its options. Plain data. */
export type PairMethod =
  | { readonly name: 'xssab'; readonly threshold: number }
  | { readonly name: 'fggb'; readonly threshold: number; readonly batchSize: number }
  | {
      readonly name: 'corrrise';
      readonly threshold: number | null;
      readonly masks: number;
      readonly patches: number;
      readonly patchSize: number;
      readonly seed: number;
      readonly batchSize: number;
    }
  | {
      readonly name: 'xface';
      readonly threshold: number | null;
      readonly patchSizes: readonly number[];
      readonly stride: number;
      readonly distance: XFaceDistance;
      readonly batchSize: number;
    };

/** A method on a model that is open, for any number of pairs. */
export type PairExplainer = (pair: PairInput) => Promise<PairExplanation>;

/**
 * Prepares a method inside a worker thread.
 * @throws {Problem} where the model cannot be differentiated, or gives no embedding.
 */
export async function pairExplainer(cv: OpenCv, model: Model, method: PairMethod): Promise<PairExplainer> {
  // The pair is the only work of its thread.
  const scoring = { concurrency: 1 };
  switch (method.name) {
    case 'xssab': {
      const network = await openXssab(model, embeddingOutput(model.card), { inline: true });
      return (pair) => explainXssab(network, pair, method);
    }
    case 'fggb': {
      const options = { inline: true, seeds: method.batchSize };
      const network = await openDifferentiable(model, embeddingOutput(model.card), options);
      return (pair) => explainFggb(cv, network, pair, method);
    }
    case 'corrrise':
      return (pair) => explainCorrRise(model, pair, { ...method, ...scoring });
    case 'xface':
      return (pair) => explainXFace(cv, model, pair, { ...method, ...scoring });
  }
}
