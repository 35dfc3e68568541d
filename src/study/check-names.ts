import { Problem } from '../problem.js';

/** @throws Problem where two items have one name, by which a run tells them and their outputs apart. */
export function checkNames(items: readonly { readonly name: string; readonly file: string }[]): void {
  const files = new Map<string, string>();
  for (const { name, file } of items) {
    const other = files.get(name);
    if (other !== undefined) {
      throw new Problem(
        file,
        `has the same name as ${other}, so their outputs would collide`,
        'name a folder above both',
      );
    }
    files.set(name, file);
  }
}
