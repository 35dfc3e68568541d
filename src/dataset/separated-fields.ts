/** What parts the fields of a row. */
export type Separator = ',' | '\t' | ';' | ' ';

export const separatorNames: Readonly<Record<Separator, string>> = {
  ',': 'commas',
  '\t': 'tabs',
  ';': 'semicolons',
  ' ': 'spaces',
};

/** A number with a decimal point, as programs write it. */
export const finiteNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The spellings of a missing or infinite number in Python, R, C and spreadsheets. */
export const notFinite = /^([+-]?(nan|inf(inity)?)|nan\(\w*\)|[+-]?1\.#\w+|n\/a|none|null)$/i;

/** A number with a decimal comma, as some spreadsheets write it. */
export const decimalComma = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i;

/** The separator that makes most lines a path and a number; a comma where none does. */
export function separatorOf(lines: readonly string[]): Separator {
  const fits = (separator: Separator): number =>
    lines.filter((line) => {
      const values = fieldsOf(line, separator).slice(1);
      const isValue = (value: string): boolean =>
        finiteNumber.test(value) || notFinite.test(value) || (separator !== ' ' && decimalComma.test(value));
      return values.some(isValue);
    }).length;
  // A space comes last: it parts file names too.
  const candidates: readonly Separator[] = ['\t', ';', ',', ' '];
  let best: Separator = ',';
  let most = 0;
  for (const separator of candidates) {
    const count = fits(separator);
    if (count > most) [best, most] = [separator, count];
  }
  return best;
}

/** The fields of one line, without their quotes and the blanks around them. */
export function fieldsOf(line: string, separator: Separator): string[] {
  if (separator === ' ') return fieldsBetweenSpaces(line);
  if (!line.includes('"')) {
    const fields = line.split(separator);
    for (let i = 0; i < fields.length; i++) fields[i] = fields[i].trim();
    return fields;
  }
  // RFC 4180: a quoted field may hold the separator; a quote inside it is doubled.
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ') at++;
    if (line[at] === '"') {
      let end = at + 1;
      while (end < line.length && (line[end] !== '"' || line[end + 1] === '"'))
        end += line[end] === '"' ? 2 : 1;
      fields.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = line.indexOf(separator, end + 1);
    } else {
      const end = line.indexOf(separator, at);
      fields.push(line.slice(at, end === -1 ? undefined : end).trim());
      at = end;
    }
    if (at === -1) return fields;
    at++;
  }
}

/** Path, score and perhaps a label, read from the right: the path may hold spaces. */
function fieldsBetweenSpaces(line: string): string[] {
  const quoted = /^\s*"((?:[^"]|"")*)"\s+(\S+)(?:\s+(\S.*))?$/.exec(line);
  if (quoted) {
    const [, path, score, label] = quoted;
    return [path.replaceAll('""', '"'), score, ...(label ? [label.trim()] : [])];
  }
  const words = line.trim().split(/\s+/);
  const isScore = (word: string | undefined): boolean =>
    word !== undefined && (finiteNumber.test(word) || notFinite.test(word) || decimalComma.test(word));
  const scoreFromEnd = words.length > 2 && isScore(words.at(-2)) ? 2 : 1;
  if (words.length < 2) return words;
  const end = line.trimEnd();
  const tail = words.slice(-scoreFromEnd);
  const path = end.slice(0, end.length - /\S+$/.exec(end)![0].length).trimEnd();
  return scoreFromEnd === 1 ? [path.trim(), ...tail] : [path.slice(0, -tail[0].length).trim(), ...tail];
}
