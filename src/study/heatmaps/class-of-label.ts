import type { ClassLabels } from '../occlusion/class-labels.js';

/** The class that a label of a score file means: 0 and 1 have names, any other label is a name itself. */
export function classOfLabel(label: string | undefined, { zero, one }: ClassLabels): string | undefined {
  if (label === undefined) return undefined;
  const number = Number(label);
  return number === 0 ? zero : number === 1 ? one : label;
}
