import { basename, extname } from 'node:path';
import { Problem } from '../../problem.js';
import type { EvaluatedSystem } from './evaluate-request.js';

/** A score file as the user names it. */
export interface NamedFile {
  readonly name: string | undefined;
  readonly file: string;
}

/** `NAME=FILE`, or `FILE`. A name holds no separator of folders. */
export function parseNamedFile(text: string): NamedFile {
  const match = /^([^=/\\]+)=(.+)$/.exec(text);
  return match === null ? { name: undefined, file: text } : { name: match[1].trim(), file: match[2] };
}

/**
 * The systems with their names, by default those of the files, and the development file of each: that of its name, else the
 * one without a name.
 *
 * @throws Problem where two systems have one name, a name cannot be a folder, or a development file belongs to none
 */
export function evaluatedSystems(
  scores: readonly NamedFile[],
  development: readonly NamedFile[],
): EvaluatedSystem[] {
  const names = scores.map(({ name, file }) => name ?? basename(file, extname(file)));
  names.forEach((name, at) => {
    if (!/^[\p{L}\p{N}][\p{L}\p{N} _.+,()-]*$/u.test(name)) {
      throw new Problem(
        name,
        'cannot be the name of a system',
        'use letters, numbers, blanks and . - _ + ( )',
      );
    }
    if (names.indexOf(name) < at) {
      throw new Problem(name, 'is the name of two score files', 'give them names: before=a.csv after=b.csv');
    }
  });
  const unknown = development.find(({ name }) => name !== undefined && !names.includes(name));
  if (unknown !== undefined) {
    throw new Problem(
      `--development ${unknown.name}=${unknown.file}`,
      'names no system',
      `they are: ${names.join(', ')}`,
    );
  }
  const common = development.filter(({ name }) => name === undefined);
  if (common.length > 1) {
    throw new Problem('--development', 'is given twice without a name', 'say whose each is: NAME=FILE');
  }
  return scores.map(({ file }, at) => ({
    name: names[at],
    file,
    development: (development.find(({ name }) => name === names[at]) ?? common.at(0))?.file,
  }));
}
