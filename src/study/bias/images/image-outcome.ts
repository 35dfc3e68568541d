import type { Labels } from '../../../dataset/labels/label-table.js';
import type { Box, Point } from '../../../image/geometry.js';
import { outputName } from '../../output-name.js';

/** An active part of a map, and the region of the face that it was assigned to. */
export interface ActivationBox {
  /** In pixels of the view, half-open. */
  readonly box: Box;
  /** In pixels of the photograph: the smallest box around the four corners. */
  readonly photo: Box;
  /** Null where the nearest region covers too little of it. */
  readonly region: string | null;
}

/** A region of the face, and how much of the map it holds. */
export interface RegionHeat {
  readonly region: string;
  /** In pixels of the view, half-open. */
  readonly box: Box;
  /** An active part of the map was assigned to it. */
  readonly active: boolean;
  /** Mean in the box of the map scaled to 0..1; null where the map is constant or the box outside of the view. */
  readonly attention: number | null;
  /** Share of the heat of the whole map that lies in the box, 0..1; null where there is no heat. */
  readonly share: number | null;
}

/** Why an image has no regions or no map to assign. */
export type Shortfall = 'no face' | 'no mesh' | 'constant map';

/** What the journal keeps of one image. */
export interface ImageOutcome {
  readonly labels: Labels;
  /** By the names of the decision's classes. */
  readonly truth: string;
  readonly predicted: string;
  /** The probability of every class of the network, by name. */
  readonly scores: Readonly<Record<string, number>>;
  /** The class of the network that was explained, and the target in words with its value. */
  readonly explained: { readonly class: string; readonly target: string; readonly value: number };
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly ActivationBox[];
  /** Empty where the face or its mesh was not found. */
  readonly regions: readonly RegionHeat[];
  /** The share of the heat that lies in the tenth of the pixels with most of it; null where there is no heat. */
  readonly concentration: number | null;
  /** The 68 landmarks in pixels of the view, for the common face; null where no face was found. */
  readonly landmarks: readonly Point[] | null;
  /** The same probabilities with a region hidden, by the region's name. */
  readonly masked: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly shortfalls: readonly Shortfall[];
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** Where the map of an image lies below the folder of the step, in the pixels that the model sees. */
export function mapPath(image: string, extension: 'npy' | 'json'): string {
  return `maps/${outputName(image, extension)}`;
}

/** Where what the model sees of an image lies; not written without photographs. */
export function viewPath(image: string): string {
  return `views/${outputName(image, 'jpg')}`;
}
