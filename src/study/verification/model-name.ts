import type { RunRecord } from '../../jobs/run/run-record.js';

/** The name of the model of a step. */
export function modelName({ settings }: Pick<RunRecord, 'settings'>): string {
  return (settings.model as { readonly name: string }).name;
}
