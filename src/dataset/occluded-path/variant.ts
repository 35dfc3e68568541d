/** Which part of an image was occluded, as the name of a folder tells. */
export type Variant = GridCell | OccludedRegion;

/** A cell of the occlusion grid, counted from 0 at the top left. */
export interface GridCell {
  readonly kind: 'cell';
  readonly row: number;
  readonly column: number;
}

/** A named region of the face, e.g. `left_eye`. */
export interface OccludedRegion {
  readonly kind: 'region';
  readonly region: string;
}

/** The two kinds of occlusion, each with its own score file. */
export type VariantKind = Variant['kind'];

/** Region names that are accepted as folders; left and right are the subject's. */
export const regionNames: readonly string[] = [
  'left_eye',
  'right_eye',
  'eyes',
  'left_eyebrow',
  'right_eyebrow',
  'eyebrows',
  'nose',
  'nose_bridge',
  'nose_tip',
  'mouth',
  'inner_mouth',
  'outer_mouth',
  'lips',
  'jaw',
  'chin',
  'cheeks',
  'left_cheek',
  'right_cheek',
  'forehead',
];

/**
 * How surely a folder names a variant, the surest first: the whole name in a spelling with letters (`r0_c1`,
 * `row-0-col-1`, `cell_0_1`); such a spelling inside a longer name (`grid-r0_c1-black`); two bare numbers
 * (`0_1`); two bare numbers inside a longer name (`black_0_1`).
 */
const cellSpellings: readonly (readonly RegExp[])[] = [
  [/^(?:r|row)[_-]?(\d+)[_-]?(?:c|col)[_-]?(\d+)$/i, /^cell[_-]?(\d+)[_-](\d+)$/i],
  [
    /(?<![a-z])(?:r|row)[_-]?(\d+)[_-]?(?:c|col)[_-]?(\d+)(?!\d)/i,
    /(?<![a-z])cell[_-]?(\d+)[_-](\d+)(?![_-]?\d)/i,
  ],
  [/^(\d{1,3})[_-](\d{1,3})$/],
  [/(?<!\d|\d[_-])(\d{1,3})[_-](\d{1,3})(?![_-]?\d)/],
];

/** What a folder may stand for. */
export interface FolderReading {
  readonly variant: Variant;
  /** 0 for the surest spelling. */
  readonly looseness: number;
}

/** The surest reading of a folder name as a variant of the given kind; `undefined` where there is none. */
export function readVariantFolder(folder: string, kind: VariantKind): FolderReading | undefined {
  if (kind === 'region') {
    const region = folder.toLowerCase().replaceAll(/[-\s]/g, '_');
    return regionNames.includes(region) ? { variant: { kind, region }, looseness: 0 } : undefined;
  }
  for (const [looseness, spellings] of cellSpellings.entries()) {
    for (const spelling of spellings) {
      const found = spelling.exec(folder);
      if (found) return { variant: { kind, row: Number(found[1]), column: Number(found[2]) }, looseness };
    }
  }
  return undefined;
}
