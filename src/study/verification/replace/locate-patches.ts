import { intersectionOverUnion } from '../../../measure/localisation/intersection-over-union.js';
import { localisationArea } from '../../../measure/localisation/localisation-area.js';
import { pointingGame } from '../../../measure/localisation/pointing-game.js';
import { relevanceMass } from '../../../measure/localisation/relevance-mass.js';
import { relevanceRank } from '../../../measure/localisation/relevance-rank.js';

/** How well a map finds what was pasted. Each measure is in 0..1, the higher the better; NaN where the map has none. */
export const localisationMeasures = {
  'pointing game': pointingGame,
  'relevance mass': relevanceMass,
  'relevance rank': relevanceRank,
  /** Of the patches and the pixels with any evidence: above zero, where the map itself draws the line. */
  IoU: (map: Float32Array, mask: Uint8Array) => intersectionOverUnion(map, mask, Number.MIN_VALUE),
  'ROC area': localisationArea,
} as const satisfies Readonly<Record<string, (map: Float32Array, mask: Uint8Array) => number>>;

export type LocalisationMeasure = keyof typeof localisationMeasures;

/**
 * How well a map finds the patches of a pair. Patches in a genuine pair speak against a match, so they are looked for in
 * the negative values of the map, those in an impostor pair in the positive ones.
 *
 * @param map above 0 where a pixel speaks for a match.
 * @param mask 1 where a patch is.
 */
export function locatePatches(
  map: Float32Array,
  mask: Uint8Array,
  genuine: boolean,
): Record<LocalisationMeasure, number> {
  const evidence = genuine ? map.map((value) => -value) : map;
  return Object.fromEntries(
    Object.entries(localisationMeasures).map(([name, measure]) => [name, measure(evidence, mask)]),
  ) as Record<LocalisationMeasure, number>;
}
