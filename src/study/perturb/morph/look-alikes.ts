import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { walkImages } from '../../../dataset/walk-images.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { readPeople } from '../../../dataset/people/read-people.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import { type EmbedOptions, embedImages } from '../../embed/embed-images.js';
import type { StudyContext } from '../../study.js';
import { type LookAlikes, pairLookAlikes } from './pair-look-alikes.js';

export interface LookAlikesOptions extends Omit<EmbedOptions, 'card'> {
  readonly inputPath: string;
  readonly card?: string | undefined;
  readonly identities?: string | undefined;
  readonly groups?: string | undefined;
  /** What both persons of a pair have in common: columns of the groups. */
  readonly same?: readonly string[] | undefined;
  readonly uses: number;
  readonly count?: number | undefined;
  /** The list that is written. */
  readonly output: string;
}

/** Writes a list of pairs of persons who look alike to a recognition model, for `perturb morph --pairs`. */
export async function lookAlikes(
  options: LookAlikesOptions,
  context: StudyContext,
): Promise<readonly LookAlikes[]> {
  const { inputPath, same = [], uses, count = Infinity, output, model } = options;
  const { images, problems } = await walkImages(inputPath);
  const note = (level: 'info' | 'warning', message: string) =>
    context.listen({ type: 'note', level, message });
  for (const problem of problems) note('warning', problem.message);
  const { identities, groups } = options;
  const people = await readPeople(images, { identities, groups, groupBy: same });
  for (const { kind, text } of people.notes) if (kind !== 'one-image') note('info', text);

  const { card } = await describeModel(model, options.card);
  const items = images.map((name) => ({ name, file: join(inputPath, name) }));
  const embeddings = await embedImages(items, { ...options, card }, context);
  context.signal.throwIfAborted();
  const candidates = people.persons.flatMap((person) =>
    same.every((key) => key in person.groups)
      ? person.images.flatMap((image) => {
          const embedding = embeddings.get(image);
          const group = JSON.stringify(same.map((key) => person.groups[key]));
          return embedding === undefined ? [] : [{ image, identity: person.identity, group, embedding }];
        })
      : [],
  );
  const pairs = pairLookAlikes(candidates, uses, count);
  if (pairs.length === 0) {
    throw new Problem(inputPath, 'has no two persons that could be morphed', 'see --identities and --same');
  }
  const rows = pairs.map(({ a, b, cosine }) => [a.image, b.image, 0, a.identity, b.identity, cosine]);
  const header = ['file_a', 'file_b', 'same', 'identity_a', 'identity_b', 'cosine'];
  await writeFileAtomic(output, stringify([header, ...rows]));
  return pairs;
}
