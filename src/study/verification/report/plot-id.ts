import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

/** What the ids of a study's plots begin with: two studies of one name may stand on one page. */
export function plotId(study: string): string {
  return `study-${createHash('sha256').update(resolve(study)).digest('hex').slice(0, 8)}`;
}
