import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { fileProblem } from '../../../dataset/file-problem.js';
import { Problem } from '../../../problem.js';
import { type EnsembleDescription, ensembleSchema } from './ensemble.js';

/**
 * Reads the description of an ensemble. Its relative paths are relative to the file; a model that is no file there is a
 * name of the zoo.
 *
 * @throws Problem where the file cannot be read or does not describe an ensemble.
 */
export async function readEnsemble(file: string): Promise<EnsembleDescription> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Problem(file, `is not JSON: ${(error as Error).message}`, 'correct it');
  }
  const parsed = ensembleSchema.safeParse(content);
  if (!parsed.success) {
    throw new Problem(file, `does not describe an ensemble: ${firstIssue(parsed.error)}`, 'correct it');
  }
  const beside = (path: string) => (isAbsolute(path) ? path : join(dirname(file), path));
  const optional = (path: string | undefined) => (path === undefined ? undefined : beside(path));
  return {
    ...parsed.data,
    fit: optional(parsed.data.fit),
    members: parsed.data.members.map((member) => ({
      ...member,
      model: existsSync(beside(member.model)) ? beside(member.model) : member.model,
      card: optional(member.card),
    })),
  };
}

/** The first thing that is wrong, in one line. */
export function firstIssue({ issues }: z.ZodError): string {
  const [{ path, message }] = issues;
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
