import type { Loss } from '../../../jobs/run/run-record.js';
import type { VerificationTrial } from '../../../measure/verification/verification-intervals.js';
import type { EvaluateRequest } from '../evaluate-request.js';
import { groupsByKey } from '../groups-by-key.js';
import { isAccepted, pairWords, requireNames } from '../label-words.js';
import { column, personColumn, scoredRows } from '../scored-rows.js';

/** A compared pair with the groups of both its images. */
export interface EvaluatedPair extends VerificationTrial {
  readonly path: string;
  /** By key; undefined where one of the two is not known. */
  readonly groups: Readonly<Record<string, readonly [string, string] | undefined>>;
}

export interface Pairs {
  readonly pairs: readonly EvaluatedPair[];
  /** Whether the persons of all pairs are known. */
  readonly personsKnown: boolean;
  readonly losses: readonly Loss[];
  readonly notes: readonly string[];
}

/**
 * The pairs of a score file. Columns that end in `_a` and `_b`, or begin with `bio_ref_` and `probe_` as in bob, are about
 * the two images: `identity_a`, `file_a`, `gender_a`.
 *
 * @throws Problem where a file cannot be read, or no label is known to mean a genuine pair
 */
export async function readPairs(file: string, request: EvaluateRequest): Promise<Pairs> {
  const words = pairWords(request.genuine);
  const { rows, losses, notes } = await scoredRows(
    file,
    { ...request, groupBy: [], identities: undefined },
    [],
  );
  const labels = new Set(rows.flatMap(({ label }) => label ?? []));
  requireNames(file, labels, words, { option: '--genuine', kind: 'genuine' });
  const groupsOf = await groupsByKey(request.groups, request.groupBy);
  const lost = [...losses];
  let personsKnown = true;
  const pairs = rows.flatMap(({ path, score, label, columns }, at): EvaluatedPair[] => {
    const [a, b] = sidesOf(columns);
    const [personA, personB] = [personColumn(a), personColumn(b)];
    const known = personA !== undefined && personB !== undefined;
    const genuine =
      label === undefined ? (known ? personA === personB : undefined) : isAccepted(label, words);
    if (genuine === undefined) {
      const reason =
        label === undefined
          ? 'has no label, and does not name its two persons'
          : `its label ${label} is neither genuine nor impostor`;
      lost.push({ item: path, reason });
      return [];
    }
    if (known && genuine !== (personA === personB)) {
      lost.push({ item: path, reason: `is labelled ${label}, but shows ${personA} and ${personB}` });
      return [];
    }
    if (!known) personsKnown = false;
    const sides = [
      { path: column(a, 'file') ?? column(a, 'path') ?? '', person: personA, columns: a },
      { path: column(b, 'file') ?? column(b, 'path') ?? '', person: personB, columns: b },
    ].map(groupsOf);
    return [
      {
        path,
        score,
        genuine,
        // A name of its own makes a pair independent of all others.
        identities: known ? [personA, personB] : [`\0${at}`, `\0${at}`],
        groups: Object.fromEntries(
          request.groupBy.map((key) => {
            const [groupA, groupB] = sides.map((side) => side[key]);
            return [key, groupA === undefined || groupB === undefined ? undefined : [groupA, groupB]];
          }),
        ),
      },
    ];
  });
  return { pairs, personsKnown, losses: lost, notes };
}

const sides = [/^(.+)_(a)$/i, /^(.+)_(b)$/i, /^(bio_ref)_(.+)$/i, /^(probe)_(.+)$/i];

/** What is said of the first and of the second image, without what marks the side. */
function sidesOf(
  columns: Readonly<Record<string, string>>,
): [Record<string, string>, Record<string, string>] {
  const found: [Record<string, string>, Record<string, string>] = [{}, {}];
  for (const [name, value] of Object.entries(columns)) {
    sides.forEach((side, at) => {
      const match = side.exec(name);
      if (match !== null) found[at % 2][match[at < 2 ? 1 : 2].toLowerCase()] = value;
    });
  }
  return found;
}
