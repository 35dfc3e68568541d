import { resolve, sep } from 'node:path';
import { realPathOf } from '../dataset/output-path.js';
import { Problem } from '../problem.js';

/**
 * Refuses an output folder that is, or lies below, one of the inputs: originals would be overwritten, or outputs taken for
 * inputs when the run goes on. Links are followed.
 * @param inputs folders, or files, which do no harm.
 * @throws {Problem} that names both.
 */
export function checkOutputFolder(output: string, inputs: readonly string[]): void {
  const target = `${realPathOf(resolve(output))}${sep}`;
  for (const input of inputs) {
    if (!target.startsWith(`${realPathOf(resolve(input))}${sep}`)) continue;
    throw new Problem(
      output,
      `the output folder lies in the input folder ${input}, so outputs would be mixed up with inputs`,
      'name a folder outside it',
    );
  }
}
