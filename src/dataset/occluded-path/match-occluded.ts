import { SuffixTable } from './suffix-table.js';
import { readVariantFolder, type FolderReading, type Variant, type VariantKind } from './variant.js';

/** The original of an occluded image and what was occluded; or why it cannot be told. */
export type OccludedMatch =
  | {
      readonly original: string;
      readonly variant: Variant;
      /** Which part of the occluded path names the variant, from 0; what follows it is the end of the original's. */
      readonly at: number;
    }
  | { readonly original?: undefined; readonly reason: string };

/** Finds the original of one occluded path. */
export type OccludedMatcher = (occludedPath: string) => OccludedMatch;

/**
 * Makes a function that finds, for the path of an occluded image, the original image and the occluded part.
 *
 * A folder of the path names the part (`r0_c1`, `left_eye`, ...); what follows that folder must be the end of
 * an original path. Where several folders qualify, the one with the surest spelling wins, then the one with
 * more path after it. So neither a dated folder (`2024_01/`) nor a file name of two numbers (`082_061.jpg`) is
 * taken for a cell. Where several originals have that ending, the one that also agrees in the folders before
 * the variant's wins; if that does not decide, the match is refused and the originals are named.
 *
 * `occlude --lossless` writes `a.png` for `a.jpg`: a PNG that is the end of no original is compared without its
 * extension.
 *
 * @param originals paths of the original images; backslashes count as slashes
 * @param kind whether the folders name grid cells or regions
 */
export function matchOccluded(originals: readonly string[], kind: VariantKind): OccludedMatcher {
  const given = new Map(originals.map((path) => [normalised(path), path]));
  const paths = [...given.keys()];
  const table = new SuffixTable(paths);
  let stems: SuffixTable | undefined;

  function find(rest: string): readonly string[] {
    const found = table.find(rest);
    if (found.length > 0 || !/\.png$/i.test(rest)) return found;
    stems ??= new SuffixTable(paths, paths.map(stemOf));
    return stems.find(stemOf(rest));
  }

  return (occludedPath) => {
    const parts = normalised(occludedPath).split('/');
    let best: { reading: FolderReading; at: number; found: readonly string[] } | undefined;
    let firstUnmatched: { folder: string; rest: string } | undefined;
    for (let at = 0; at < parts.length - 1; at++) {
      const reading = readVariantFolder(parts[at], kind);
      if (reading === undefined) continue;
      const rest = parts.slice(at + 1).join('/');
      const found = find(rest);
      if (found.length === 0) firstUnmatched ??= { folder: parts[at], rest };
      else if (best === undefined || reading.looseness < best.reading.looseness)
        best = { reading, at, found };
    }
    if (best === undefined) {
      const wanted = kind === 'cell' ? 'a grid cell such as r0_c1' : 'a region such as left_eye';
      return {
        reason: firstUnmatched
          ? `no original path ends in "${firstUnmatched.rest}", which follows the folder ${firstUnmatched.folder}`
          : `no folder of it names ${wanted}`,
      };
    }
    const withoutVariant = parts.toSpliced(best.at, 1);
    const nearest = best.found.length === 1 ? best.found : nearestTo(withoutVariant, best.found);
    if (nearest.length > 1) {
      const more = nearest.length > 2 ? ` and ${nearest.length - 2} more` : '';
      return { reason: `it may belong to ${given.get(nearest[0])!} or ${given.get(nearest[1])!}${more}` };
    }
    return { original: given.get(nearest[0])!, variant: best.reading.variant, at: best.at };
  };
}

/** Of several originals, those that are the path itself, or else share the most folders from the end. */
function nearestTo(parts: readonly string[], originals: readonly string[]): readonly string[] {
  const shared = originals.map((original) => {
    const other = original.split('/');
    // The file names agree, perhaps but for the extension.
    let count = 1;
    while (count < other.length && other.at(-1 - count) === parts.at(-1 - count)) count++;
    // Nothing of the original is left over: it could not agree better.
    return count === other.length ? Infinity : count;
  });
  const most = Math.max(...shared);
  return originals.filter((_, index) => shared[index] === most);
}

const stemOf = (path: string): string => path.replace(/\.[^./]+$/, '');

const normalised = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
