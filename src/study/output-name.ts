import { Problem } from '../problem.js';

/** The relative path with another extension: `a/b.jpg` and `png` give `a/b.png`. */
export function outputName(relative: string, extension: string): string {
  return `${stem(relative)}.${extension}`;
}

/** Any name, of a class for instance, as a file name on every platform. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_');
}

/** The relative path without its extension. */
export function stem(relative: string): string {
  return relative.replace(/\.[^./]+$/, '');
}

/**
 * Refuses images that differ only in their extension where the outputs are named by the rest.
 * @throws {Problem} that names the first two.
 */
export function checkStems(names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(stem(name));
    if (other !== undefined) {
      throw new Problem(
        name,
        `has the same name as ${other} but for the extension`,
        'rename one: their outputs collide',
      );
    }
    seen.set(stem(name), name);
  }
}
