import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileProblem } from '../../../dataset/file-problem.js';
import { readPeople } from '../../../dataset/people/read-people.js';
import { walkImages } from '../../../dataset/walk-images.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import type { MeanInterval } from '../../../measure/bootstrap-means.js';
import type { MorphAttempts } from '../../../measure/mad/morph-attempts.js';
import { minMaxMmpmr, prodAvgMmpmr, relativeMorphMatchRate } from '../../../measure/mad/morph-match-rates.js';
import { rate, type Rate } from '../../../measure/rate.js';
import { Problem } from '../../../problem.js';
import { cosineSimilarity } from '../../../tensor/cosine-similarity.js';
import { describeModel } from '../../describe-model.js';
import { type EmbedOptions, embedImages } from '../../embed/embed-images.js';
import type { StudyContext } from '../../study.js';

export interface MorphCheckOptions extends Omit<EmbedOptions, 'card'> {
  /** What `perturb morph --pairs` wrote. */
  readonly morphs: string;
  /** The folder of the photographs that were morphed, and of others of the same persons. */
  readonly images: string;
  readonly card?: string | undefined;
  readonly identities?: string | undefined;
  /** The cosine from which on the model takes two faces for one person. */
  readonly threshold: number;
  readonly seed: number;
}

/** How many morphs the model takes for both of their persons. */
export interface MorphCheck {
  readonly model: string;
  readonly threshold: number;
  readonly morphs: number;
  /** Every person with the best of their photographs. */
  readonly minMaxMmpmr: Rate;
  /** The mean over morphs of the probability that one photograph of every person is accepted. */
  readonly prodAvgMmpmr: MeanInterval;
  /** Of pairs of photographs of one person at the same threshold; undefined where nobody has two. */
  readonly fnmr: Rate | undefined;
  /** 1 + (MinMax-MMPMR - (1 - FNMR)). */
  readonly relativeMorphMatchRate: number | undefined;
  /** Persons of morphs who have no photograph but the one that was morphed, which is then the attempt. */
  readonly withoutOtherPhotograph: number;
}

interface MorphRow {
  readonly file: string;
  readonly image_a: string;
  readonly image_b: string;
}

/**
 * Compares every morph with photographs of both of its persons other than the morphed ones, and counts those that are
 * accepted as both. Writes `check-<model>.json` and `check-<model>.csv` (each comparison) beside the morphs.
 */
export async function morphCheck(options: MorphCheckOptions, context: StudyContext): Promise<MorphCheck> {
  const { morphs: folder, images, threshold, model, identities, seed } = options;
  const rows = await readMorphs(folder);
  const tree = await walkImages(images);
  const { persons } = await readPeople(tree.images, { identities });
  const personOf = new Map(
    persons.flatMap((person) => person.images.map((image) => [image, person] as const)),
  );
  const { card } = await describeModel(model, options.card);
  const photographs = tree.images.map((name) => ({ name: `photo ${name}`, file: join(images, name) }));
  const made = rows.map(({ file }) => ({ name: `morph ${file}`, file: join(folder, file) }));
  const embeddings = await embedImages([...made, ...photographs], { ...options, card }, context);
  context.signal.throwIfAborted();

  let withoutOtherPhotograph = 0;
  const comparisons: (readonly [morph: string, identity: string, image: string, cosine: number])[] = [];
  const attempts = rows.flatMap(({ file, image_a, image_b }): MorphAttempts[] => {
    const morph = embeddings.get(`morph ${file}`);
    if (morph === undefined) return [];
    const subjects = [image_a, image_b].map((image) => {
      const person = personOf.get(image);
      if (person === undefined) {
        throw new Problem(
          image,
          `is not in ${images}`,
          'name the folder that the list of pairs was relative to',
        );
      }
      const found = person.images.filter((name) => embeddings.has(`photo ${name}`));
      const others = found.filter((name) => name !== image);
      if (others.length === 0) withoutOtherPhotograph++;
      return (others.length === 0 ? found : others).map((name) => {
        const cosine = cosineSimilarity(morph, embeddings.get(`photo ${name}`)!);
        comparisons.push([file, person.identity, name, cosine]);
        return cosine;
      });
    });
    return subjects.every((scores) => scores.length > 0) ? [{ morph: file, subjects }] : [];
  });

  const minMax = minMaxMmpmr(attempts, threshold);
  const fnmr = nonMatchRate(
    persons.map((person) => person.images.flatMap((name) => embeddings.get(`photo ${name}`) ?? [])),
    threshold,
  );
  const check: MorphCheck = {
    model: card.name,
    threshold,
    morphs: attempts.length,
    minMaxMmpmr: minMax,
    prodAvgMmpmr: prodAvgMmpmr(attempts, threshold, { seed }),
    fnmr,
    relativeMorphMatchRate: fnmr && relativeMorphMatchRate(minMax.rate, fnmr.rate),
    withoutOtherPhotograph,
  };
  const header = ['file', 'identity', 'image', 'cosine'];
  await writeFileAtomic(join(folder, `check-${card.name}.csv`), stringify([header, ...comparisons]));
  await writeFileAtomic(join(folder, `check-${card.name}.json`), `${JSON.stringify(check, null, 2)}\n`);
  return check;
}

async function readMorphs(folder: string): Promise<readonly MorphRow[]> {
  const file = join(folder, 'morphs.csv');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  const rows = parse(text, { columns: true }) as unknown as MorphRow[];
  if (rows.length === 0)
    throw new Problem(file, 'names no morph', 'make some with `faceprobe perturb morph --pairs`');
  return rows;
}

/** Over all pairs of photographs of one person. */
function nonMatchRate(persons: readonly (readonly Float32Array[])[], threshold: number): Rate | undefined {
  const cosines = persons.flatMap((own) =>
    own.flatMap((first, at) => own.slice(at + 1).map((second) => cosineSimilarity(first, second))),
  );
  return cosines.length === 0
    ? undefined
    : rate(cosines.filter((cosine) => cosine < threshold).length, cosines.length);
}
