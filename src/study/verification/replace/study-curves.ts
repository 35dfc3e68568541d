import { join } from 'node:path';
import { readJournal } from '../../../jobs/run/journal.js';
import type { PairIdentities } from '../../../measure/identity-bootstrap.js';
import type { VerificationLevels } from '../../../measure/faithfulness/verification-curve.js';
import type { ScoredPair } from '../scored-pair.js';
import { control, type CurveKind, curveKinds, curveShares } from './curve-kinds.js';
import type { ReplacedPair } from './replace-pair.js';

/** A pair that was worked on. */
export interface ReplacedResult {
  readonly pair: ScoredPair;
  readonly result: Omit<ReplacedPair, 'cosines'>;
}

/** The scores of all pairs along one curve. */
export interface StudyCurve {
  readonly kind: CurveKind;
  /** A method, or `random`, the control. */
  readonly method: string;
  readonly levels: VerificationLevels;
}

export interface StudyCurves {
  /** By kind, the control of each first and then the methods in their order. */
  readonly curves: readonly StudyCurve[];
  /** In the order of the list, as the scores of the curves. */
  readonly results: readonly ReplacedResult[];
  readonly identities: readonly PairIdentities[];
}

/** Reads the journal of the step; of its cosines only one number a pair, curve and share is kept. */
export async function readStudyCurves(
  folder: string,
  pairs: readonly ScoredPair[],
  {
    methods,
    threshold,
    compat,
  }: {
    readonly methods: readonly string[];
    readonly threshold: number;
    readonly compat: 'upstream' | undefined;
  },
): Promise<StudyCurves> {
  const places = new Map(pairs.map(({ name }, at) => [name, at]));
  const scores = curveKinds.flatMap((kind) =>
    [control, ...methods].map((method) => ({
      kind,
      method,
      levels: curveShares(kind, compat).map(() => new Float64Array(pairs.length).fill(Number.NaN)),
    })),
  );
  const results = new Map<number, Omit<ReplacedPair, 'cosines'>>();
  const kinds = new Set<CurveKind>();
  for await (const { item, result } of readJournal(join(folder, 'results.jsonl'))) {
    const at = places.get(item);
    if (at === undefined) continue;
    const { cosines, ...rest } = result as ReplacedPair;
    results.set(at, rest);
    for (const { kind, method, levels } of scores) {
      const changed = cosines[method][kind];
      if (changed === undefined) continue;
      kinds.add(kind);
      const ends = kind === 'replacement' ? rest.patched : rest.original;
      const whole = kind === 'insertion' ? [...changed, ends] : [ends, ...changed];
      whole.forEach((cosine, level) => (levels[level][at] = cosine));
    }
  }
  const own = [...results.keys()].sort((one, other) => one - other);
  const genuine = own.map((at) => pairs[at].genuine);
  return {
    curves: scores
      .filter(({ kind }) => kinds.has(kind))
      .map(({ kind, method, levels }) => ({
        kind,
        method,
        levels: {
          shares: curveShares(kind, compat),
          scores: levels.map((level) => Float64Array.from(own, (at) => level[at])),
          genuine,
          threshold,
        },
      })),
    results: own.map((at) => ({ pair: pairs[at], result: results.get(at)! })),
    identities: own.map((at) => [pairs[at].identityA, pairs[at].identityB]),
  };
}
