/**
 * The methods of the study, each with its own options and their defaults, which are those of the publications. All of
 * them say of every pixel whether it speaks for or against a match.
 */
export const studyMethodDefaults = {
  xssab: {},
  fggb: {},
  corrrise: { masks: 500, patches: 3, 'patch-size': 30 },
  xface: { 'patch-sizes': [7, 14, 28], stride: 5 },
  occlusion: { window: 16, stride: 8 },
  'input-x-gradient': {},
  'integrated-gradients': { steps: 50 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number | readonly number[]>>>>;

export type StudyMethodName = keyof typeof studyMethodDefaults;

/** A method with the values of its options. Plain data. */
export type StudyMethod = {
  [Name in StudyMethodName]: {
    readonly name: Name;
    readonly options: {
      readonly [
        Option in keyof (typeof studyMethodDefaults)[Name]
      ]: (typeof studyMethodDefaults)[Name][Option] extends number ? number : readonly number[];
    };
  };
}[StudyMethodName];

/** What the steps that explain share. */
export interface StudyMethodOptions {
  readonly methods: readonly StudyMethod[];
  /** Images, or gradients of one image, in one pass. */
  readonly batchSize: number;
}
