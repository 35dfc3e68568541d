import { embeddingOf } from '../../../explain/masked-similarities.js';
import { inputSize } from '../../../explain/network-input.js';
import { scoreRows } from '../../../explain/score-rows.js';
import { bindTarget } from '../../../explain/target.js';
import type { Box } from '../../../image/geometry.js';
import type { ImageInput } from '../../../measure/faithfulness/scored-input.js';
import type { PixelRule } from '../../../measure/map/pixel-order.js';
import type { Model } from '../../../model/model.js';
import { patchMask } from '../../../perturb/patch/patch-mask.js';
import { decisionRule } from '../../../perturb/replacement/decision-rule.js';
import type { Tensor } from '../../../tensor/tensor.js';
import type { EvidenceMapper, ExplainedSide } from '../methods/evidence-mapper.js';
import { changedShares, control, type CurveKind } from './curve-kinds.js';
import { type LocalisationMeasure, locatePatches } from './locate-patches.js';
import { chosenPixels, type PixelVariant, writeVariant } from './pixel-variants.js';

/** A patched pair, its images as the network takes them. */
export interface PairToReplace {
  /** Place of the pair in the list. */
  readonly index: number;
  readonly genuine: boolean;
  /** The first image as it is. */
  readonly original: Tensor;
  /** The first image with patches. */
  readonly patched: Tensor;
  readonly patches: readonly Box[];
  /** The second image. */
  readonly reference: Tensor;
  /** The first image with nothing in it, from which pixels are inserted; null without insertion and deletion. */
  readonly emptied: Tensor | null;
}

/** A method by its name. */
export interface NamedMapper {
  readonly name: string;
  readonly map: EvidenceMapper;
}

export interface ReplacePairOptions {
  /** Cosine from which two faces match. */
  readonly threshold: number;
  /** Of random masks, and with the place of a pair in the list, of its random order. */
  readonly seed: number;
  /** Images, or gradients of one image, in one pass. */
  readonly batchSize: number;
  readonly compat: 'upstream' | undefined;
}

/** What comes of one pair; plain data. */
export interface ReplacedPair {
  /** Cosine of the pair with patches, and as it is. */
  readonly patched: number;
  readonly original: number;
  /** The cosines at `changedShares`, by the method, or `random`, and the kind of curve. */
  readonly cosines: Readonly<Record<string, Readonly<Partial<Record<CurveKind, readonly number[]>>>>>;
  /** How well each method finds the patches; NaN, which JSON writes as null, where it has no such value. */
  readonly localisation: Readonly<Record<string, Readonly<Record<LocalisationMeasure, number | null>>>>;
  /** Of the face, that is patched. */
  readonly coveredShare: number;
  /** Time of one map, in milliseconds, by method. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Explains a patched pair by all methods, changes pixels in the order of the maps, and compares again. */
export async function replacePair(
  model: Model,
  mappers: readonly NamedMapper[],
  { index, genuine, original, patched, patches, reference, emptied }: PairToReplace,
  { threshold, seed, batchSize, compat }: ReplacePairOptions,
): Promise<ReplacedPair> {
  const { layout } = model.card.input;
  const size = inputSize(original.shape, layout);
  const mask = patchMask(patches, size.width, size.height);
  const target = await embeddingOf(model, reference);
  const bound = bindTarget({ kind: 'similarity', reference: target }, model.card);
  const sideOf = async (image: Tensor): Promise<ExplainedSide> => {
    const embedding = await embeddingOf(model, image);
    return { image, embedding, reference: target, cosine: bound.value(embedding, embedding) };
  };
  const asIs = await sideOf(original);
  const withPatches = await sideOf(patched);
  /** Of the patched pair, by its decision, as the published rule has it. */
  const replacedFirst = decisionRule('best_worst', withPatches.cosine, threshold);
  /** Of the pair as it is: what speaks for the right decision. */
  const rightFirst = genuine ? 'highest' : 'lowest';

  const variants: PixelVariant[] = [];
  const curves: { readonly name: string; readonly kind: CurveKind; readonly first: number }[] = [];
  const change = (
    name: string,
    kind: CurveKind,
    [from, to]: readonly [Tensor, Tensor],
    map: Float32Array,
    rule: PixelRule,
  ) => {
    curves.push({ name, kind, first: variants.length });
    const shares = changedShares(kind, compat);
    const chosen = { map, rule, shares, seed: [seed, index] };
    for (const pixels of chosenPixels({ ...chosen, compat: kind === 'replacement' ? compat : undefined }))
      variants.push({ from: from.data, to: to.data, pixels });
  };
  const changeAll = (
    name: string,
    ofPatched: { readonly map: Float32Array; readonly rule: PixelRule },
    ofOriginal: { readonly map: Float32Array; readonly rule: PixelRule } | undefined,
  ) => {
    change(name, 'replacement', [patched, original], ofPatched.map, ofPatched.rule);
    if (ofOriginal === undefined || emptied === null) return;
    change(name, 'insertion', [emptied, original], ofOriginal.map, ofOriginal.rule);
    change(name, 'deletion', [original, emptied], ofOriginal.map, ofOriginal.rule);
  };

  const random = { map: new Float32Array(size.width * size.height), rule: 'random' } as const;
  changeAll(control, random, random);
  const localisation: Record<string, Record<LocalisationMeasure, number>> = {};
  const milliseconds: Record<string, number> = {};
  for (const { name, map } of mappers) {
    const start = performance.now();
    const { combined } = await map(withPatches);
    milliseconds[name] = performance.now() - start;
    localisation[name] = locatePatches(combined, mask, genuine);
    const ofOriginal =
      emptied === null ? undefined : { map: (await map(asIs)).combined, rule: rightFirst as PixelRule };
    changeAll(name, { map: combined, rule: replacedFirst }, ofOriginal);
  }

  const input: ImageInput = {
    values: original.data,
    ...size,
    layout: layout === 'NCHW' ? 'CHW' : 'HWC',
  };
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
  for (const { name, kind, first } of curves) {
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
}
