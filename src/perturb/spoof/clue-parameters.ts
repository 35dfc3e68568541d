import { Problem } from '../../problem.js';
import { spoofClues, type SpoofClueName } from './clues.js';
import type { ClueParameters, Severity, SpoofClue } from './spoof-clue.js';

/**
 * All parameters of a clue: those of the severity, with the given ones in their place.
 * @throws {Problem} for a name that the clue has not, or a value outside of its range.
 */
export function clueParameters(
  name: SpoofClueName,
  severity: Severity,
  given: ClueParameters = {},
): ClueParameters {
  const { parameters, severities }: SpoofClue = spoofClues[name];
  for (const [parameter, value] of Object.entries(given)) {
    if (!Object.hasOwn(parameters, parameter)) {
      throw new Problem(
        `parameter "${parameter}"`,
        `${name} has none of that name`,
        `use ${Object.keys(parameters).join(', ')}`,
      );
    }
    const { minimum, maximum, whole = false } = parameters[parameter];
    if (!(value >= minimum && value <= maximum) || (whole && !Number.isInteger(value))) {
      throw new Problem(
        `${parameter} ${value} of ${name}`,
        `it is a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}`,
      );
    }
  }
  return { ...severities[severity - 1], ...given };
}
