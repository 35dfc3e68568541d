import { corrRiseMaps } from '../../../explain/corrrise.js';
import { type Differentiable, openDifferentiable, seedsOfOnePass } from '../../../explain/differentiable.js';
import { fggbMaps } from '../../../explain/fggb.js';
import { explainInputXGradient } from '../../../explain/input-x-gradient.js';
import { explainIntegratedGradients } from '../../../explain/integrated-gradients.js';
import { blackInput } from '../../../explain/network-input.js';
import { explainOcclusionOfInput } from '../../../explain/occlusion.js';
import { embeddingOutput, mapsOfSigned, type PairMaps } from '../../../explain/pair-explanation.js';
import type { SaliencyMap } from '../../../explain/saliency-map.js';
import { xFaceMaps } from '../../../explain/xface.js';
import { xssabMaps } from '../../../explain/xssab/xssab.js';
import type { OpenCv } from '../../../image/opencv.js';
import { methods as catalogue } from '../../../explain/methods.js';
import type { Model } from '../../../model/model.js';
import type { Tensor } from '../../../tensor/tensor.js';
import type { StudyMethod } from './study-method.js';

/** One image of a pair, and what is known of the other. */
export interface ExplainedSide {
  /** As the network takes it. */
  readonly image: Tensor;
  /** Its embedding, as the network gives it. */
  readonly embedding: Float32Array;
  /** The embedding of the other image. */
  readonly reference: Float32Array;
  /** Of the two. */
  readonly cosine: number;
}

/** What one image of a pair says for and against a match, by one method. */
export type EvidenceMapper = (side: ExplainedSide) => Promise<PairMaps>;

export interface EvidenceOptions {
  /** Cosine from which two faces match, in [-1, 1]. */
  readonly threshold: number;
  /** Images, or gradients of one image, in one pass. */
  readonly batchSize: number;
  /** Of random masks. */
  readonly seed: number;
}

/** Gradients of one image that a method asks for at once, where more than one: the graph for them is loaded at the start. */
const seedsOf: Partial<Record<StudyMethod['name'], number>> = { xssab: 2, fggb: seedsOfOnePass };

/**
 * Prepares methods on one model, inside a worker thread. The gradient of the model is opened once for all of them, and
 * not at all where none needs it.
 *
 * @returns one mapper a method, in the order given.
 * @throws Problem where the model cannot be differentiated, or gives no embedding.
 */
export async function openEvidenceMappers(
  cv: OpenCv,
  model: Model,
  methods: readonly StudyMethod[],
  options: EvidenceOptions,
): Promise<EvidenceMapper[]> {
  const output = embeddingOutput(model.card);
  const differentiated = methods.filter(({ name }) => catalogue[name].needsGradient);
  const seeds = Math.max(...differentiated.map(({ name }) => seedsOf[name] ?? 1));
  const network =
    differentiated.length === 0
      ? undefined
      : await openDifferentiable(model, output, { inline: true, seeds });
  return methods.map((method) => evidenceMapper(cv, model, network, method, options));
}

function evidenceMapper(
  cv: OpenCv,
  model: Model,
  network: Differentiable | undefined,
  method: StudyMethod,
  { threshold, batchSize, seed }: EvidenceOptions,
): EvidenceMapper {
  // The pair is the only work of its thread.
  const scoring = { batchSize, concurrency: 1 };
  const similarity = ({ reference }: ExplainedSide) => ({ kind: 'similarity', reference }) as const;
  switch (method.name) {
    case 'xssab':
      return ({ image, embedding, reference }) => xssabMaps(network!, image, embedding, reference, threshold);
    case 'fggb':
      return ({ image, embedding, reference }) =>
        fggbMaps(cv, network!, image, embedding, reference, { threshold, batchSize });
    case 'corrrise': {
      const { masks, patches, 'patch-size': patchSize } = method.options;
      return ({ image, reference }) =>
        corrRiseMaps(model, image, reference, { masks, patches, patchSize, seed, ...scoring });
    }
    case 'xface': {
      const { 'patch-sizes': patchSizes, stride } = method.options;
      return ({ image, reference, cosine }) =>
        xFaceMaps(cv, model, image, reference, cosine, { patchSizes, stride, ...scoring });
    }
    case 'occlusion': {
      const square = (side: number) => ({ width: side, height: side });
      const { window, stride } = method.options;
      const plan = { kind: 'windows', window: square(window), stride: square(stride) } as const;
      const baseline = blackInput(model.card.input);
      return async (side) =>
        signed(
          (
            await explainOcclusionOfInput(cv, model, side.image, similarity(side), {
              plan,
              baseline,
              ...scoring,
            })
          ).map,
        );
    }
    case 'input-x-gradient':
      return async (side) =>
        signed((await explainInputXGradient(network!, side.image, similarity(side))).map);
    case 'integrated-gradients': {
      const { steps } = method.options;
      return async (side) =>
        signed(
          (await explainIntegratedGradients(network!, side.image, similarity(side), { steps, batchSize }))
            .map,
        );
    }
  }
}

function signed({ data, width, height }: SaliencyMap): PairMaps {
  return mapsOfSigned(data, width, height);
}
