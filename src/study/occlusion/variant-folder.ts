import type { Occlusion } from '../../perturb/occlusion/occlusion.js';

const folderOfKind = {
  grid: 'grid-occlusion',
  region: 'landmark-occlusion',
  window: 'window-occlusion',
} as const;

/** The folder below the output root that holds the variants of one occlusion, such as `grid-occlusion/r0_c3`. */
export function variantFolder({ kind, name }: Pick<Occlusion, 'kind' | 'name'>): string {
  return `${folderOfKind[kind]}/${name}`;
}
