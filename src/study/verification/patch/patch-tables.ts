import { stringify } from 'csv-stringify/sync';
import { patchMask } from '../../../perturb/patch/patch-mask.js';
import { cellNumber, readTable } from '../read-table.js';
import { decide } from '../../../explain/pair-explanation.js';
import type { PatchRate } from './patch-rates.js';
import type { PatchedPair } from './patched-pairs.js';

const rateColumns = ['rate', 'images', 'value', 'low', 'high', 'interval', 'errors', 'trials'] as const;

/** A row of `rates.csv`: a rate of the original or the patched images, or how far patching moved it. */
export interface PatchRateRow {
  readonly rate: 'fmr' | 'fnmr';
  readonly images: 'original' | 'patched' | 'change';
  readonly value: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** Undefined for a change. */
  readonly errors: number | undefined;
  readonly trials: number | undefined;
}

/** The rates before and after as CSV. */
export function ratesTable(rates: readonly PatchRate[]): string {
  const rows = rates.flatMap(({ rate, original, patched, change }) => [
    { images: 'original', value: original.rate, ...withoutRate(original), rate },
    { images: 'patched', value: patched.rate, ...withoutRate(patched), rate },
    { images: 'change', ...change, interval: change.low === null ? undefined : 'identities', rate },
  ]);
  return stringify(rows, { header: true, columns: [...rateColumns] });
}

function withoutRate({ low, high, interval, errors, trials }: PatchRate['original']) {
  return { low, high, interval, errors, trials };
}

/** What `ratesTable` wrote. */
export async function readRatesTable(file: string): Promise<PatchRateRow[]> {
  return (await readTable(file, rateColumns)).map((row) => ({
    rate: row.rate as PatchRateRow['rate'],
    images: row.images as PatchRateRow['images'],
    value: Number(row.value),
    low: cellNumber(row.low),
    high: cellNumber(row.high),
    errors: cellNumber(row.errors),
    trials: cellNumber(row.trials),
  }));
}

const scoreColumns = ['path', 'score', 'label', 'decision', 'score_original', 'decision_original'] as const;

/** The scores of the patched pairs as CSV; the first columns make it a score file. */
export function patchedScoresTable(pairs: readonly PatchedPair[], threshold: number): string {
  const rows = pairs.map(({ pair, patched }): Record<(typeof scoreColumns)[number], unknown> => ({
    path: pair.name,
    score: patched.cosine,
    label: pair.genuine ? 'genuine' : 'impostor',
    decision: decide(patched.cosine, threshold),
    score_original: pair.cosine,
    decision_original: decide(pair.cosine, threshold),
  }));
  return stringify(rows, { header: true, columns: [...scoreColumns] });
}

/** A row of the patched scores. */
export interface PatchedScoreRow {
  readonly name: string;
  readonly genuine: boolean;
  /** Of the patched pair. */
  readonly cosine: number;
  readonly cosineOriginal: number;
}

/** What `patchedScoresTable` wrote. */
export async function readPatchedScores(file: string): Promise<PatchedScoreRow[]> {
  return (await readTable(file, scoreColumns)).map((row) => ({
    name: row.path,
    genuine: row.label === 'genuine',
    cosine: Number(row.score),
    cosineOriginal: Number(row.score_original),
  }));
}

/**
 * Where the patches are as CSV, one row a pair: `columns` and `rows` are the left and the upper edges of all patches, with
 * blanks between them.
 *
 * @param size of the faces in pixels.
 */
export function patchesTable(
  pairs: readonly PatchedPair[],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const rows = pairs.map(({ pair, patched: { patches, donor, image } }) => {
    const covered = patchMask(patches, width, height).reduce((sum, inside) => sum + inside, 0);
    return {
      pair: pair.name,
      file_a: pair.a,
      label: pair.genuine ? 'genuine' : 'impostor',
      donor,
      image,
      patch_size: patches[0].width,
      columns: patches.map(({ x }) => x).join(' '),
      rows: patches.map(({ y }) => y).join(' '),
      covered_pixels: covered,
      covered_share: covered / (width * height),
    };
  });
  return stringify(rows, { header: true });
}
