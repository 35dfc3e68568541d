import type { PairMethod } from '../pair/pair-method.js';

/** The methods that a study compares, by their names on the command line. */
export const studyMethodNames = [
  'xssab',
  'fggb',
  'corrrise',
  'xface',
] as const satisfies readonly PairMethod['name'][];
export type StudyMethodName = (typeof studyMethodNames)[number];

/** Which methods a step compares, and the options of those that have any. */
export interface StudyMethodOptions {
  readonly methods: readonly StudyMethodName[];
  /** Random masks of corrrise, the squares that each hides, and their side in pixels. */
  readonly corrriseMasks: number;
  readonly corrriseSquares: number;
  readonly corrriseSquareSize: number;
  /** Sides of the squares of xface, and their step, in pixels. */
  readonly xfaceSizes: readonly number[];
  readonly xfaceStride: number;
  /** Images a forward pass. */
  readonly batchSize: number;
}

/** The methods of a step at the study's threshold. Each name once, in the order given. */
export function studyMethods(
  options: StudyMethodOptions,
  { threshold, seed }: { readonly threshold: number; readonly seed: number },
): PairMethod[] {
  const { batchSize } = options;
  return [...new Set(options.methods)].map((name): PairMethod => {
    switch (name) {
      case 'xssab':
        return { name, threshold };
      case 'fggb':
        return { name, threshold, batchSize };
      case 'corrrise':
        return {
          name,
          threshold,
          masks: options.corrriseMasks,
          patches: options.corrriseSquares,
          patchSize: options.corrriseSquareSize,
          seed,
          batchSize,
        };
      case 'xface':
        return {
          name,
          threshold,
          patchSizes: options.xfaceSizes,
          stride: options.xfaceStride,
          batchSize,
        };
    }
  });
}

/** @throws RangeError where a name is none of them. */
export function parseStudyMethods(names: readonly string[]): StudyMethodName[] {
  return names.map((name) => {
    const known = studyMethodNames.find((method) => method === name);
    if (known === undefined) throw new RangeError(`"${name}" is none of ${studyMethodNames.join(', ')}.`);
    return known;
  });
}
