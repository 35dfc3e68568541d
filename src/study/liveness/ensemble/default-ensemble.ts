import type { EnsembleDescription } from './ensemble.js';

/** What is asked where the user names no member; docs/liveness.md shows what each candidate was measured at. */
export const defaultEnsemble: EnsembleDescription = {
  what: 'The only network of the zoo that held on real faces, alone',
  members: [{ model: 'fr_liveness', guards: ['print', 'replay'] }],
};
