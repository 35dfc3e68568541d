import type { OccludedMatcher } from './match-occluded.js';
import { regionNames, type VariantKind } from './variant.js';

/** Searched in this order, anywhere in a text. */
const cellPatterns = [
  /(?:r|row[_-]?)(\d+)[_-]?(?:c|col[_-]?)(\d+)/i,
  /cell[_-]?(\d+)[_-](\d+)/i,
  /(\d+)[_-](\d+)/,
];

/**
 * The matching of occlusion_heatmaps_builder (version b6d8c4c), for comparison with its results. It takes the
 * first folder that looks like a variant, whether or not an original fits (so a dated parent folder loses all
 * rows), resolves an ambiguous ending to the first original, and reads the cell from the whole path.
 */
export function matchOccludedUpstream(originals: readonly string[], kind: VariantKind): OccludedMatcher {
  const firstBySuffix = new Map<string, string>();
  for (const original of originals) {
    const parts = original.replaceAll('\\', '/').split('/');
    for (let at = 0; at < parts.length; at++) {
      const suffix = parts.slice(at).join('/');
      if (!firstBySuffix.has(suffix)) firstBySuffix.set(suffix, original);
    }
  }

  return (occludedPath) => {
    const path = occludedPath.replaceAll('\\', '/');
    const parts = path.split('/');
    const isVariant = (folder: string): boolean =>
      kind === 'cell'
        ? cellPatterns.some((pattern) => pattern.test(folder))
        : regionNames.includes(folder.toLowerCase());
    const at = parts.slice(0, -1).findIndex(isVariant);
    if (at === -1) return { reason: 'no folder of it names a variant' };
    const suffix = parts.slice(at + 1).join('/');
    const original = firstBySuffix.get(suffix);
    if (original === undefined) return { reason: `No match found (suffix=${suffix})` };
    if (kind === 'region') return { original, variant: { kind, region: parts[at].toLowerCase() }, at };
    const cell = cellPatterns.map((pattern) => pattern.exec(path)).find((found) => found !== null)!;
    return { original, variant: { kind, row: Number(cell[1]), column: Number(cell[2]) }, at };
  };
}
