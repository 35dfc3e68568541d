import { Problem } from '../../../problem.js';
import type { StudyMethod } from './study-method.js';

/**
 * Refuses, before any work, methods whose squares do not fit the faces or leave gaps between them.
 * @param size of the faces in pixels.
 * @throws Problem that names the method.
 */
export function checkStudyMethods(
  methods: readonly StudyMethod[],
  { width, height }: { readonly width: number; readonly height: number },
): void {
  for (const { name, options } of methods) {
    const sides =
      name === 'xface'
        ? options['patch-sizes']
        : name === 'occlusion'
          ? [options.window]
          : name === 'corrrise'
            ? [options['patch-size']]
            : [];
    const large = sides.find((side) => side > Math.min(width, height));
    if (large !== undefined) {
      throw new Problem(
        name,
        `its squares of ${large} pixels do not fit into faces of ${width}x${height}`,
        'make them smaller',
      );
    }
    const stride = 'stride' in options ? options.stride : 0;
    const small = sides.find((side) => side < stride);
    if (small !== undefined) {
      throw new Problem(
        name,
        `its stride of ${stride} leaves pixels between squares of ${small}`,
        `give a stride of at most ${small}, or larger squares`,
      );
    }
  }
}
