import type { RegionName } from '../../../face/regions.js';
import { clueParameters } from '../../../perturb/spoof/clue-parameters.js';
import { spoofClues, type SpoofClueName } from '../../../perturb/spoof/clues.js';
import type { ClueParameters, Severity, SpoofClue } from '../../../perturb/spoof/spoof-clue.js';

/** Where in the image a clue goes: the face, everywhere, or some regions of the face. */
export type MaskChoice = 'face' | 'whole' | readonly RegionName[];

/** A clue at one severity. */
export interface ClueLevel {
  readonly severity: Severity;
  readonly parameters: ClueParameters;
  /** Where its images lie below the output folder; empty for the folder itself. */
  readonly folder: string;
}

/** What is put into every image. */
export interface ClueSettings {
  readonly clue: SpoofClueName;
  readonly levels: readonly ClueLevel[];
  readonly mask: MaskChoice;
  readonly compat?: 'upstream' | undefined;
}

/**
 * One severity writes the tree of the inputs; several write it once each, below `CLUE/s1`, `CLUE/s2`, ...
 * @throws {Problem} where a parameter is unknown or out of range.
 */
export function clueLevels(
  clue: SpoofClueName,
  severities: readonly Severity[],
  given: ClueParameters,
): ClueLevel[] {
  return severities.map((severity) => ({
    severity,
    parameters: clueParameters(clue, severity, given),
    folder: severities.length === 1 ? '' : `${clue}/s${severity}`,
  }));
}

/** Clues that are a change inside the face go there, all others everywhere. */
export function usualMask(clue: SpoofClueName): MaskChoice {
  const { needsMask }: SpoofClue = spoofClues[clue];
  return needsMask ? 'face' : 'whole';
}
