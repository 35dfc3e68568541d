import type { Labels } from './label-table.js';

/** Data sets whose file names carry labels. */
export type NamingScheme = keyof typeof schemes;

const schemes = { frll, utkface };

/**
 * The labels that a file name carries.
 *
 * - `frll` (Face Research Lab London Set): `001_03.jpg` is subject 001 with the picture code 03. Codes 03 and
 *   08 are the neutral and the smiling front view.
 * - `utkface`: `33_1_2_20170104.jpg` is age 33, gender 1 (0 male, 1 female), group 2 (0 White, 1 Black, 2
 *   Asian, 3 Indian, 4 others), as its authors code them.
 *
 * @returns `undefined` where the name is not of this scheme, as with the few UTKFace files that lack a field
 */
export function labelsOfFileName(path: string, scheme: NamingScheme): Labels | undefined {
  return schemes[scheme](path.replaceAll('\\', '/').split('/').at(-1)!);
}

const frllExpressions: Readonly<Partial<Record<string, string>>> = { '03': 'neutral', '08': 'smiling' };

function frll(name: string): Labels | undefined {
  const found = /^(\d{3})_(\d{2})\.\w+$/.exec(name);
  if (!found) return undefined;
  const [, subject, code] = found;
  const expression = frllExpressions[code];
  return expression === undefined ? { subject, picture: code } : { subject, picture: code, expression };
}

const utkfaceGenders = ['male', 'female'];
const utkfaceGroups = ['white', 'black', 'asian', 'indian', 'other'];

function utkface(name: string): Labels | undefined {
  const found = /^(\d{1,3})_([01])_([0-4])_\d+\./.exec(name);
  if (!found) return undefined;
  const [, age, gender, group] = found;
  return { age, gender: utkfaceGenders[Number(gender)], race: utkfaceGroups[Number(group)] };
}
