import type { RunFolder } from '../../../jobs/run/run-folder.js';
import type { Ensemble } from '../ensemble/open-ensemble.js';
import type { CheckTimes, MediaCheck } from './check-result.js';

/** A photograph or video with what was found. */
export interface Checked {
  readonly name: string;
  readonly result: MediaCheck;
}

/** The members of an ensemble as records and reports name them. */
export interface MemberSummary {
  readonly name: string;
  readonly model: string;
  readonly sha256: string;
  readonly guards: readonly string[];
  readonly weight: number;
  readonly threshold: number;
  readonly crop: unknown;
}

/** What `run.json` says of a check. */
export interface CheckSummary {
  readonly ensemble: {
    readonly fusion: string;
    readonly threshold: number;
    readonly members: readonly MemberSummary[];
  };
  readonly images: number;
  readonly videos: number;
  /** How many of either were judged attacks. */
  readonly attacks: number;
  /** Medians over images and videos (of which the mean frame counts), in milliseconds. */
  readonly milliseconds: CheckTimes & { readonly total: number };
}

/** The finished items of a run, by name. */
export async function checkedItems(run: Pick<RunFolder, 'results'>): Promise<Checked[]> {
  const checked: Checked[] = [];
  for await (const { item, result } of run.results())
    checked.push({ name: item, result: result as MediaCheck });
  return checked.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function summariseChecks(
  checked: readonly Checked[],
  { fusion, threshold, members }: Ensemble,
): CheckSummary {
  const results = checked.map(({ result }) => result);
  const times = (value: (times: CheckTimes) => number) =>
    median(results.map(({ milliseconds }) => value(milliseconds)));
  return {
    ensemble: { fusion, threshold, members: members.map(memberSummary) },
    images: results.filter(({ kind }) => kind === 'image').length,
    videos: results.filter(({ kind }) => kind === 'video').length,
    attacks: results.filter(({ decision }) => decision === 'attack').length,
    milliseconds: {
      decode: times(({ decode }) => decode),
      detect: times(({ detect }) => detect),
      members: Object.fromEntries(
        members.map(({ name }) => [name, times(({ members: each }) => each[name])] as const),
      ),
      total: times(
        ({ decode, detect, members: each }) =>
          decode + detect + Object.values(each).reduce((sum, value) => sum + value, 0),
      ),
    },
  };
}

/** A member as the settings of a run record it: what decides its scores. */
export function memberSummary(member: Ensemble['members'][number]): MemberSummary {
  const { name, reference, sha256, guards, weight, threshold, card } = member;
  return { name, model: reference, sha256, guards, weight, threshold, crop: card.input.crop };
}

function median(values: readonly number[]): number {
  const rising = [...values].sort((a, b) => a - b);
  const half = rising.length >> 1;
  return rising.length % 2 === 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2;
}
