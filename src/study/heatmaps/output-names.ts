import { stem } from '../output-name.js';

/** The name of one image among all, and that of its outputs without an extension. */
export interface OutputNames {
  readonly name: string;
  readonly stem: string;
}

/**
 * Names images by the ends of their paths: each as short as asked for, but so long that no two are the same. Outputs
 * are named without the extension, but where two images differ in nothing else with it.
 *
 * @param images the path of each, different from all others, and the end of it that is to be its name
 */
export function outputNames(
  images: readonly { readonly path: string; readonly end: string }[],
): OutputNames[] {
  const names = images.map(({ end }) => end);
  for (;;) {
    const repeated = repeats(names);
    if (repeated.size === 0) break;
    images.forEach(({ path }, at) => {
      if (repeated.has(names[at])) names[at] = withOneFolderMore(path, names[at]);
    });
  }
  const stems = repeats(names.map(stem));
  const ownStem = (name: string): string =>
    // An image of this name must not take the place of an average.
    stems.has(stem(name)) || name.startsWith('average_heatmap') ? name : stem(name);
  return names.map((name) => ({ name, stem: ownStem(name) }));
}

function withOneFolderMore(path: string, name: string): string {
  const parts = path.split('/');
  return parts.slice(-(name.split('/').length + 1)).join('/');
}

function repeats(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  return repeated;
}
