import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../problem.js';
import { fileProblem } from '../file-problem.js';
import type { DroppedPair, Protocol, ProtocolNote, ProtocolPair } from './protocol.js';
import { oneClassNotes } from './read-protocol.js';

/**
 * The protocol with the files that its pairs have in a folder. Pairs with a missing file are dropped, with its name.
 *
 * A list of numbered images counts from 1, while the files of xSSAB's data set count from 0 (`lfw_pair.txt` names
 * `00001.jpg`, its code opens image 0): the numbers in the folder tell which it is.
 *
 * @param folder what the paths of the list are relative to.
 * @throws Problem where the folder cannot be read, its numbers fit neither way, or no pair is left
 */
export async function resolveImages(protocol: Protocol, folder: string): Promise<Protocol> {
  const notes: ProtocolNote[] = protocol.notes.filter(({ kind }) => kind !== 'one-class');
  let { pairs } = protocol;
  if (protocol.format === 'numbered') {
    const { fileOf, note } = await numberedFiles(pairs, folder);
    pairs = pairs.map((pair) => ({ ...pair, a: fileOf(pair.a), b: fileOf(pair.b) }));
    notes.push(note);
  }

  const missing = new Set<string>();
  for (const file of new Set(pairs.flatMap(({ a, b }) => [a, b]))) {
    if (!(await isFile(join(folder, file)))) missing.add(file);
  }
  const dropped: DroppedPair[] = [...protocol.dropped];
  const found: ProtocolPair[] = [];
  for (const pair of pairs) {
    const gone = [pair.a, pair.b].filter((file) => missing.has(file));
    if (gone.length === 0) found.push(pair);
    else {
      dropped.push({
        line: pair.line,
        text: `${pair.a},${pair.b},${pair.genuine ? 1 : 0}`,
        kind: 'missing-file',
        reason: `${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} not in the image folder`,
      });
    }
  }
  if (found.length === 0) {
    throw new Problem(
      protocol.file,
      `none of the ${pairs.length} pairs has both images in ${folder}, such as ${pairs[0].a}`,
      'name the folder that the paths in the list are relative to',
    );
  }
  return {
    ...protocol,
    pairs: found,
    dropped: dropped.sort((one, other) => one.line - other.line),
    notes: [...notes, ...oneClassNotes(found)],
  };
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The files of a folder by the number before the first `.` or `_`, as xSSAB reads it. */
async function numberedFiles(
  pairs: readonly ProtocolPair[],
  folder: string,
): Promise<{ fileOf: (name: string) => string; note: ProtocolNote }> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw fileProblem(error, folder);
  }
  const files = new Map<number, string>();
  for (const name of names.sort()) {
    const number = /^(\d+)[._]/.exec(name)?.[1];
    if (number === undefined) continue;
    const other = files.get(Number(number));
    if (other !== undefined) {
      throw new Problem(folder, `${other} and ${name} have the same number`, 'keep one of them');
    }
    files.set(Number(number), name);
  }
  const numberOf = (name: string): number => Number(/^\d+/.exec(name)![0]);
  const listed = new Set(pairs.flatMap(({ a, b }) => [numberOf(a), numberOf(b)]));
  const offset = numberOffset(files, listed, folder);
  return {
    fileOf: (name) => files.get(numberOf(name) - offset) ?? name,
    note: {
      kind: 'numbering',
      text:
        offset === 1
          ? 'the list counts images from 1 and the folder from 0: number n of the list is image n - 1'
          : 'list and folder count images alike',
    },
  };
}

/** What to take from a number of the list to get that of the folder: 1 where the folder counts from 0, else 0. */
function numberOffset(
  files: ReadonlyMap<number, string>,
  listed: ReadonlySet<number>,
  folder: string,
): 0 | 1 {
  if (listed.has(0)) return 0;
  const last = Math.max(...listed);
  const fromZero = files.has(0);
  if (fromZero !== files.has(last)) return fromZero ? 1 : 0;
  throw new Problem(
    folder,
    `it has ${fromZero ? 'both' : 'neither'} an image 0 ${fromZero ? 'and' : 'nor'} an image ${last}, so whether its numbers start at 0 or at 1 cannot be told`,
    'list the pairs by file name, as file_a,file_b,same',
  );
}
