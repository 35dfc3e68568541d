import { Problem } from '../../problem.js';

/** The words of two classes, of which a detector or a recogniser accepts the first. */
export interface LabelWords {
  /** Labels of what should be accepted. */
  readonly accepted: readonly string[];
  /** Labels of what should be rejected; undefined where every other label is. */
  readonly rejected: readonly string[] | undefined;
}

/** Labels and folders of bona fide presentations. */
const bonaFide = ['bona fide', 'live', 'real', 'genuine'];
/** Labels and folders of attacks that do not tell the species. */
const attack = ['attack', 'spoof', 'fake', 'morph', 'morphed', 'morphs', 'attacks'];
const genuine = ['genuine', 'same', 'match', 'mated'];
const impostor = ['impostor', 'different', 'non-match', 'non-mated', 'zero-effort impostor'];

/** @param named by the user; with these, every other label is an attack, or the species of one. */
export function attackWords(named: readonly string[] | undefined): LabelWords {
  return { accepted: named ?? bonaFide, rejected: undefined };
}

/** @param named by the user; with these, every other label is that of an impostor pair. */
export function pairWords(named: readonly string[] | undefined): LabelWords {
  return named === undefined
    ? { accepted: genuine, rejected: impostor }
    : { accepted: named, rejected: undefined };
}

/** Whether a label says no more than that it is an attack. */
export function isPlainAttack(label: string): boolean {
  return holds(attack, label);
}

/** Folders that tell bona fide presentations from attacks. */
export function attackFolders({ accepted }: LabelWords): string[] {
  return [...accepted, ...attack];
}

/**
 * Whether a label is of the class that should be accepted.
 *
 * @returns undefined where it is of neither
 */
export function isAccepted(label: string, { accepted, rejected }: LabelWords): boolean | undefined {
  if (holds(accepted, label)) return true;
  return rejected === undefined || holds(rejected, label) ? false : undefined;
}

/**
 * Refuses labels that leave open which class is accepted: numbers, unless the user has named them.
 *
 * @param option that names the class.
 * @throws Problem with the labels
 */
export function requireNames(
  file: string,
  labels: ReadonlySet<string>,
  words: LabelWords,
  { option, kind }: { readonly option: string; readonly kind: string },
): void {
  const shown = [...labels].sort();
  if (shown.length === 0 || shown.some((label) => isAccepted(label, words) === true)) return;
  const list = `${shown.slice(0, 8).join(', ')}${shown.length > 8 ? `, and ${shown.length - 8} more` : ''}`;
  throw new Problem(
    file,
    `none of its labels is known to mean ${kind}; they are: ${list}`,
    `name those that do, such as ${option} ${/\s/.test(shown[0]) ? `"${shown[0]}"` : shown[0]}`,
  );
}

function holds(words: readonly string[], label: string): boolean {
  const own = plain(label);
  return words.some((word) => plain(word) === own);
}

/** Without regard to upper and lower case, blanks, `-` and `_`, as `classOfFolder` compares. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]/g, '');
}
