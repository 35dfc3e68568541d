import { readFile } from 'node:fs/promises';
import { Problem } from '../../problem.js';
import { fileProblem } from '../file-problem.js';
import type { Labels } from './label-table.js';

/** Values of each label, by their number in the file (CelebA-Spoof, Zhang et al., ECCV 2020; its README). */
const species = [
  ...['live', 'photo', 'poster', 'A4', 'face mask', 'upper-body mask', 'region mask', 'PC', 'pad', 'phone'],
  '3D mask',
];
const illuminations = ['live', 'normal', 'strong', 'back', 'dark'];
const environments = ['live', 'indoor', 'outdoor'];

/** 40 face attributes, then spoof type, illumination, environment, and 0 for live or 1 for spoof. */
const labelCount = 44;

/**
 * Reads CelebA-Spoof's labels: a JSON object with 44 whole numbers for each path.
 *
 * @returns for each path `label` (live or spoof), `species` of a spoof, `illumination` and `environment` of a spoof, and
 *   `subject`, where the path is `<subject>/<live|spoof>/<image>`
 * @throws Problem where the file cannot be read, or an entry is not of this form
 */
export async function readCelebaSpoofLabels(file: string): Promise<Map<string, Labels>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw new Problem(
      file,
      `is not JSON: ${(error as Error).message}`,
      'name the labels of CelebA-Spoof, or a CSV',
    );
  }
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) {
    throw new Problem(file, 'is not an object of paths', 'name the labels of CelebA-Spoof, or a CSV');
  }
  return new Map(
    Object.entries(entries).map(([path, values]) => [
      path.replaceAll('\\', '/'),
      labelsOf(file, path, values),
    ]),
  );
}

function labelsOf(file: string, path: string, values: unknown): Labels {
  const wrong = (why: string) => new Problem(file, `${path}: ${why}`, 'name the labels of CelebA-Spoof');
  if (!Array.isArray(values) || values.length !== labelCount) {
    throw wrong(`has ${Array.isArray(values) ? values.length : 'no'} labels, not ${labelCount}`);
  }
  const [type, illumination, environment, spoof] = values.slice(40) as unknown[];
  const name = (names: readonly string[], value: unknown, what: string): string => {
    const found = names[Number(value)] as string | undefined;
    if (found === undefined) throw wrong(`its ${what} ${String(value)} is not known`);
    return found;
  };
  const label = name(['live', 'spoof'], spoof, 'label');
  const own = name(species, type, 'spoof type');
  if ((own === 'live') !== (label === 'live')) throw wrong(`is ${label}, but its spoof type is ${own}`);
  const subject = /([^/]+)\/(?:live|spoof)\/[^/]+$/.exec(path.replaceAll('\\', '/'))?.[1];
  return {
    label,
    ...(label === 'live'
      ? {}
      : {
          species: own,
          illumination: name(illuminations, illumination, 'illumination'),
          environment: name(environments, environment, 'environment'),
        }),
    ...(subject === undefined ? {} : { subject }),
  };
}
