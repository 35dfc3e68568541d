import type { OpenCv } from '../../image/opencv.js';
import type { RasterImage } from '../../image/raster-image.js';
import type { RandomState } from '../../tensor/random.js';

/** The parameters of a clue by name; what each means, and its range, stands in `SpoofClue.parameters`. */
export type ClueParameters = Readonly<Record<string, number>>;

/** How strong a clue is, from hardly visible to coarse. */
export type Severity = 1 | 2 | 3 | 4 | 5;

export const severities: readonly Severity[] = [1, 2, 3, 4, 5];

/** One parameter of a clue: what it does and which values make sense. */
export interface ClueParameter {
  readonly summary: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Whether only whole numbers make sense. @default false */
  readonly whole?: boolean;
}

/** What a clue works with beside the image and its parameters. */
export interface ClueContext {
  readonly cv: OpenCv;
  /** The stream of this image; a clue draws the same numbers whatever its parameters, so that severities compare. */
  readonly random: RandomState;
  /** Share of the clue at every pixel, 0 to 1, row by row. Given to clues that need it. */
  readonly mask: Float32Array;
  /** How many pixels of this image a length of 1 in the parameters is. */
  readonly unit: number;
  readonly compat: 'upstream' | undefined;
}

/**
 * A trace that an attack leaves in an image: image in, image of the same size and channels out. Lengths among its
 * parameters are in pixels of an image whose shorter side is 224, the size at which He et al. train, and grow with the
 * image.
 */
export interface SpoofClue<Parameters extends ClueParameters = ClueParameters> {
  readonly summary: string;
  /**
   * Whether the clue is a change inside the face that cannot be made without knowing where that is. Any other clue
   * can do without, and is blended by the mask where there is one.
   */
  readonly needsMask: boolean;
  /** Whether it draws random numbers. */
  readonly seeded: boolean;
  /** Whether there is an `upstream` variant, to compare numbers with the published code. */
  readonly compat: boolean;
  readonly parameters: Readonly<Record<keyof Parameters, ClueParameter>>;
  /** The parameters of severity 1 to 5. */
  readonly severities: readonly [Parameters, Parameters, Parameters, Parameters, Parameters];
  apply(image: RasterImage, parameters: Parameters, context: ClueContext): RasterImage;
}
