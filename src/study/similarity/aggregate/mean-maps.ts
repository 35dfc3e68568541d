import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from '../../../dataset/people/person.js';
import { writeFileAtomic } from '../../../dataset/write-file-atomic.js';
import { fileProblem } from '../../../dataset/file-problem.js';
import { outputPath } from '../../../dataset/output-path.js';
import { canonicalSize } from '../../../face/canonical/canonical-face.js';
import { MeanTable, type TableMean } from '../../../measure/groups/mean-table.js';
import { NestedMean } from '../../../measure/groups/nested-mean.js';
import { typicality } from '../../../measure/groups/typicality.js';
import { Problem } from '../../../problem.js';
import { decodeNpy, encodeNpy } from '../../../tensor/npy.js';
import { canonicalPath } from '../explain/evidence-paths.js';
import { type MeanRow, meansTable } from './means-table.js';
import { meanPath, personPath } from './mean-path.js';
import { type PersonRow, peopleTable } from './people-table.js';
import { personEvidence } from './person-evidence.js';
import { modelSets, type StudyGroups } from './study-groups.js';

/** A key beside those of the user: everybody is in the first or the second half of the people, in turn. */
export const halfKey = 'half';

export interface MeanMapsOptions extends StudyGroups {
  /** Of the explanations. */
  readonly explained: string;
  /** Of this step. */
  readonly folder: string;
  readonly people: readonly Person[];
}

const { width, height } = canonicalSize;

/**
 * Adds up the maps on the canonical face: over the images of a person by a model, the models, and the persons, each with
 * equal weight at its level; for all, by model and family, by group, and by both. One map at a time is in memory beside the
 * sums. Then tells how typical each person is.
 */
export async function writeMeanMaps(options: MeanMapsOptions): Promise<{ maps: number; persons: number }> {
  const { explained, folder, people, models, families, groups } = options;
  const modelKeys = ['model', ...families.keys];
  const groupKeys = Object.keys(groups);
  const table = new MeanTable(
    width * height,
    ['person', 'model'],
    [
      [],
      ...modelKeys.map((key) => [key]),
      ...groupKeys.map((key) => [key]),
      ...modelKeys.flatMap((model) => groupKeys.map((group) => [model, group])),
      ['model', halfKey],
    ],
  );
  const write = (path: string, data: Float64Array) =>
    writeFileAtomic(outputPath(folder, path), encodeNpy({ data, shape: [height, width] }));

  // Of each person by each model, and over the models.
  let closed: { path: readonly string[]; mean: Float64Array }[] = [];
  const each = new NestedMean(width * height, 2, (path, mean) => closed.push({ path, mean }));
  const folderOf = new Map(models.map((model) => [model.name, model.folder]));
  const writeClosed = async () => {
    const ready = closed;
    closed = [];
    for (const { path, mean } of ready) {
      const model = path.at(1);
      await write(personPath(path[0], model === undefined ? undefined : folderOf.get(model)!), mean);
    }
  };

  const rows: { person: Person; images: number; models: string[] }[] = [];
  let maps = 0;
  for await (const { person, images } of personEvidence(explained, people)) {
    const seen: string[] = [];
    const withMaps = new Set<string>();
    for (const model of models) {
      for (const { image, evidence } of images) {
        if (!(model.name in evidence.models) || !evidence.landmarks) continue;
        const map = await readMap(join(explained, canonicalPath(model.folder, image)));
        table.add(
          {
            person: person.identity,
            model: model.name,
            ...families.of[model.name],
            ...person.groups,
            [halfKey]: String((rows.length % 2) + 1),
          },
          map,
        );
        each.add([person.identity, model.name], map);
        await writeClosed();
        maps++;
        withMaps.add(image);
        if (!seen.includes(model.name)) seen.push(model.name);
      }
    }
    if (seen.length > 0) rows.push({ person, images: withMaps.size, models: seen });
  }
  if (maps === 0) {
    throw new Problem(
      'landmarks',
      'were found in no image, so there is nothing on the canonical face',
      'see run.log of the explanations',
    );
  }
  each.finish();
  await writeClosed();

  const means = table.finish();
  await writeFileAtomic(join(folder, 'means.csv'), meansTable(await writeMeans(means, options, write)));
  await writeFileAtomic(
    join(folder, 'people.csv'),
    peopleTable(await typicalityOf(rows, means, options), groupKeys),
  );
  return { maps, persons: rows.length };
}

async function readMap(path: string): Promise<Float32Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileProblem(error, path);
  });
  return decodeNpy(bytes, path).data as Float32Array;
}

/** In the order of models and groups, whichever came first. */
async function writeMeans(
  means: readonly TableMean[],
  study: StudyGroups,
  write: (path: string, data: Float64Array) => Promise<void>,
): Promise<MeanRow[]> {
  const rows: MeanRow[] = [];
  const groups = [
    { key: '', value: '' },
    ...Object.entries({ ...study.groups, [halfKey]: ['1', '2'] }).flatMap(([key, values]) =>
      values.map((value) => ({ key, value })),
    ),
  ];
  for (const set of modelSets(study)) {
    for (const group of groups) {
      const found = cellOf(means, set, group);
      if (found === undefined) continue;
      const { mean, counts } = found;
      const path = meanPath(set, group);
      await write(path, mean);
      rows.push({
        modelKey: set.key,
        model: set.value,
        groupKey: group.key,
        group: group.value,
        persons: counts[0],
        maps: counts[2],
        minimum: mean.reduce((least, value) => Math.min(least, value), Infinity),
        maximum: mean.reduce((most, value) => Math.max(most, value), -Infinity),
        path,
      });
    }
  }
  return rows;
}

function cellOf(
  means: readonly TableMean[],
  set: { readonly key: string; readonly value: string },
  group: { readonly key: string; readonly value: string },
): TableMean | undefined {
  const wanted: Record<string, string> = {
    ...(set.key === 'all' ? {} : { [set.key]: set.value }),
    ...(group.key === '' ? {} : { [group.key]: group.value }),
  };
  const keys = Object.keys(wanted);
  return means.find(
    ({ of }) => Object.keys(of).length === keys.length && keys.every((key) => of[key] === wanted[key]),
  );
}

/** How typical everybody is, for all models together and for each. */
async function typicalityOf(
  people: readonly { person: Person; images: number; models: readonly string[] }[],
  means: readonly TableMean[],
  { folder, ...study }: MeanMapsOptions,
): Promise<PersonRow[]> {
  const rows: PersonRow[] = [];
  const folderOf = new Map(study.models.map(({ name, folder: own }) => [name, own]));
  for (const set of modelSets(study).filter(({ key }) => key === 'all' || key === 'model')) {
    for (const { person, images, models } of people) {
      if (set.key === 'model' && !models.includes(set.value)) continue;
      const { identity, groups } = person;
      const path = personPath(identity, set.key === 'model' ? folderOf.get(set.value)! : undefined);
      const map = decodeNpy(await readFile(outputPath(folder, path))).data;
      const among = (group: { key: string; value: string }): number => {
        const cell = cellOf(means, set, group);
        return cell === undefined ? Number.NaN : typicality(map as Float64Array, cell.mean, cell.counts[0]);
      };
      rows.push({
        ...{ modelKey: set.key, model: set.value, identity, images, groups },
        typicality: among({ key: '', value: '' }),
        inGroup: Object.fromEntries(
          Object.entries(groups).map(([key, value]) => [key, among({ key, value })]),
        ),
        path,
      });
    }
  }
  return rows;
}
