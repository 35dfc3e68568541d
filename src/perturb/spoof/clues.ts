import { blur } from './blur.js';
import { colorDistortion } from './color-distortion.js';
import { downscale } from './downscale.js';
import { faceArtifact } from './face-artifact/face-artifact.js';
import { jpeg } from './jpeg/jpeg.js';
import { lowLight } from './low-light.js';
import { moire } from './moire.js';
import { print } from './print/print.js';
import { replay } from './replay/replay.js';
import type { SpoofClue } from './spoof-clue.js';

/** Every clue by its name on the command line. */
export const spoofClues = {
  moire,
  'color-distortion': colorDistortion,
  'face-artifact': faceArtifact,
  print,
  replay,
  downscale,
  blur,
  jpeg,
  'low-light': lowLight,
} as const satisfies Readonly<Record<string, SpoofClue>>;

export type SpoofClueName = keyof typeof spoofClues;

export const spoofClueNames = Object.keys(spoofClues) as readonly SpoofClueName[];
