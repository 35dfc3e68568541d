import { readFileSync } from 'node:fs';
import type { VerificationScores } from '../../../src/measure/verification/scores.js';

const folder = new URL('../../../../test/fixtures/measure/verification/', import.meta.url);

interface Reached {
  readonly requested: number;
  readonly threshold: number;
  readonly fmr: number;
  readonly fnmr: number;
}

/** One set of scores with what bob.measure and scikit-learn make of it; see test/fixtures/measure/README.md. */
interface GoldenSet {
  readonly file: string;
  readonly rates: readonly { threshold: number; fmr: number; fnmr: number }[];
  readonly eer: { threshold: number; fmr: number; fnmr: number; eer: number };
  readonly min_hter: { threshold: number; fmr: number; fnmr: number; hter: number };
  readonly min_weighted: readonly { cost_of_fmr: number; threshold: number; fmr: number; fnmr: number }[];
  readonly far_threshold: readonly Reached[];
  readonly frr_threshold: readonly Reached[];
  readonly roc_auc: number;
  readonly roc_auc_exact_sklearn: number;
  readonly xssab_eer: { eer: number; threshold: number };
  readonly d_prime_population_std: number;
  readonly d_prime_sample_std: number;
}

interface Golden extends Record<string, unknown> {
  readonly ppndf: readonly { p: number; value: number }[];
}

const golden = JSON.parse(readFileSync(new URL('verification.json', folder), 'utf8')) as Golden;

/** The NIST routine's normal deviates, an approximation. */
export const goldenDeviates = golden.ppndf;

/** The five sets: continuous scores, ties, few scores, separable classes, a repeated lowest genuine score. */
export const goldenSets = ['ties', 'continuous', 'tiny', 'separable', 'tied_minimum'].map((name) => {
  const expected = golden[name] as GoldenSet;
  return { name, expected, scores: readScores(expected.file) };
});

function readScores(file: string): VerificationScores {
  const rows = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const ofClass = (label: string): number[] =>
    rows.filter((row) => row[0] === label).map((row) => Number(row[1]));
  return { genuine: ofClass('genuine'), impostor: ofClass('impostor') };
}
