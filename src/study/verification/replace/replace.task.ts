import { decodeImage } from '../../../dataset/decode-image.js';
import { embeddingOf } from '../../../explain/masked-similarities.js';
import { blackInput, constantInput, inputSize, networkInput } from '../../../explain/network-input.js';
import { scoreRows } from '../../../explain/score-rows.js';
import { bindTarget } from '../../../explain/target.js';
import type { Box } from '../../../image/geometry.js';
import { loadOpenCv } from '../../../image/opencv.js';
import type { Task } from '../../../jobs/task.js';
import type { ImageInput } from '../../../measure/faithfulness/scored-input.js';
import type { Card } from '../../../model/card.js';
import { openModel } from '../../../model/open-model.js';
import { patchMask } from '../../../perturb/patch/patch-mask.js';
import { decisionRule } from '../../../perturb/replacement/decision-rule.js';
import { type ExplainedSide, openEvidenceMappers } from '../methods/evidence-mapper.js';
import type { StudyMethod } from '../methods/study-method.js';
import { changedShares, control, type CurveKind } from './curve-kinds.js';
import { type LocalisationMeasure, locatePatches } from './locate-patches.js';
import { chosenPixels, type PixelVariant, writeVariant } from './pixel-variants.js';

export interface ReplaceTaskOptions {
  readonly model: string;
  readonly card: Card;
  readonly methods: readonly StudyMethod[];
  /** Images, or gradients of one image, in one pass. */
  readonly batchSize: number;
  readonly threshold: number;
  /** Of random masks, and with the place of a pair in the list, of its random order. */
  readonly seed: number;
  readonly insertionDeletion: boolean;
  readonly compat: 'upstream' | undefined;
}

/** A patched pair. */
export interface ReplaceItem {
  readonly name: string;
  /** Place of the pair in the list. */
  readonly index: number;
  readonly genuine: boolean;
  readonly faceA: string;
  /** The first face with patches. */
  readonly patchedA: string;
  readonly faceB: string;
  readonly patches: readonly Box[];
}

/** What the journal keeps of a pair. */
export interface ReplacedPair {
  /** Cosine of the pair with patches, and as it is. */
  readonly patched: number;
  readonly original: number;
  /** The cosines at `changedShares`, by the method, or `random`, and the kind of curve. */
  readonly cosines: Readonly<Record<string, Readonly<Partial<Record<CurveKind, readonly number[]>>>>>;
  /** How well each method finds the patches; null where it has no such value. */
  readonly localisation: Readonly<Record<string, Readonly<Record<LocalisationMeasure, number | null>>>>;
  /** Of the face, that is patched. */
  readonly coveredShare: number;
  /** Time of one map, in milliseconds, by method. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Explains each patched pair by all methods, changes pixels in the order of the maps, and compares again. */
export default async function startReplacing(
  options: ReplaceTaskOptions,
): Promise<Task<ReplaceItem, ReplacedPair>> {
  const { card, methods, batchSize, threshold, seed, insertionDeletion, compat } = options;
  const cv = await loadOpenCv();
  const model = await openModel(options.model, { card, inline: true });
  const mappers = await openEvidenceMappers(cv, model, methods, { threshold, batchSize, seed });
  const read = async (file: string) => networkInput(cv, card.input, (await decodeImage(file)).image);

  return {
    async run({ index, genuine, faceA, patchedA, faceB, patches }) {
      const original = await read(faceA);
      const patched = await read(patchedA);
      const reference = await embeddingOf(model, await read(faceB));
      const bound = bindTarget({ kind: 'similarity', reference }, card);
      const sideOf = async (image: typeof original): Promise<ExplainedSide> => {
        const embedding = await embeddingOf(model, image);
        return { image, embedding, reference, cosine: bound.value(embedding, embedding) };
      };
      const asIs = await sideOf(original);
      const withPatches = await sideOf(patched);
      const size = inputSize(original.shape, card.input.layout);
      const { width, height } = size;
      const layout = card.input.layout === 'NCHW' ? 'CHW' : 'HWC';
      const input: ImageInput = { values: original.data, ...size, layout };
      const black = constantInput(original, card.input.layout, blackInput(card.input)).data;
      const mask = patchMask(patches, width, height);

      const variants: PixelVariant[] = [];
      const rows: { readonly name: string; readonly kind: CurveKind; readonly first: number }[] = [];
      const change = (
        name: string,
        kind: CurveKind,
        { from, to }: Omit<PixelVariant, 'pixels'>,
        choice: { readonly map: Float32Array; readonly rule: 'lowest' | 'highest' | 'random' },
      ) => {
        rows.push({ name, kind, first: variants.length });
        const shares = changedShares(kind, compat);
        const ours = kind === 'replacement' ? compat : undefined;
        for (const pixels of chosenPixels({ ...choice, shares, seed: [seed, index], compat: ours }))
          variants.push({ from, to, pixels });
      };
      /** Curves of one order; the maps of the patched pair and of the pair as it is. */
      const changeBy = (name: string, ofPatched: Float32Array, ofOriginal: Float32Array | undefined) => {
        const random = name === control;
        const rule = decisionRule(random ? 'random' : 'best_worst', withPatches.cosine, threshold);
        change(name, 'replacement', { from: patched.data, to: original.data }, { map: ofPatched, rule });
        if (ofOriginal === undefined) return;
        // What speaks for the right decision comes first: for a match in a genuine pair, against it in an impostor pair.
        const choice = {
          map: ofOriginal,
          rule: random ? ('random' as const) : genuine ? ('highest' as const) : ('lowest' as const),
        };
        change(name, 'insertion', { from: black, to: original.data }, choice);
        change(name, 'deletion', { from: original.data, to: black }, choice);
      };

      const nothing = new Float32Array(width * height);
      changeBy(control, nothing, insertionDeletion ? nothing : undefined);
      const localisation: Record<string, Record<LocalisationMeasure, number>> = {};
      const milliseconds: Record<string, number> = {};
      for (const [at, { name }] of methods.entries()) {
        const start = performance.now();
        const { combined } = await mappers[at](withPatches);
        milliseconds[name] = performance.now() - start;
        localisation[name] = locatePatches(combined, mask, genuine);
        changeBy(name, combined, insertionDeletion ? (await mappers[at](asIs)).combined : undefined);
      }

      const similarities = await scoreRows(
        model,
        original.shape.slice(1),
        variants.length,
        (variant, into) => writeVariant(variants[variant], into, input),
        bound.output,
        (values) => bound.value(values, values),
        { batchSize, concurrency: 1 },
      );
      const cosines: Record<string, Partial<Record<CurveKind, readonly number[]>>> = {};
      for (const { name, kind, first } of rows) {
        const { length } = changedShares(kind, compat);
        (cosines[name] ??= {})[kind] = [...similarities.subarray(first, first + length)];
      }
      return {
        patched: withPatches.cosine,
        original: asIs.cosine,
        cosines,
        localisation,
        coveredShare: mask.reduce((sum, inside) => sum + inside, 0) / mask.length,
        milliseconds,
      };
    },
  };
}
