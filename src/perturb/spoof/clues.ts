import { colorDistortion } from './color-distortion.js';
import { moire } from './moire.js';
import type { SpoofClue } from './spoof-clue.js';

/** Every clue by its name on the command line. */
export const spoofClues = {
  moire,
  'color-distortion': colorDistortion,
} as const satisfies Readonly<Record<string, SpoofClue>>;

export type SpoofClueName = keyof typeof spoofClues;

export const spoofClueNames = Object.keys(spoofClues) as readonly SpoofClueName[];
