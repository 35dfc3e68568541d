import { l2 } from './l2.js';
import { linf } from './linf.js';
import type { Norm } from './norm.js';

/** Every norm by its name on the command line. */
export const norms = { linf, l2 } as const satisfies Readonly<Record<string, Norm>>;

export type NormName = keyof typeof norms;
export const normNames = Object.keys(norms) as readonly NormName[];
