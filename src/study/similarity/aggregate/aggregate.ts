import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { People } from '../../../dataset/people/person.js';
import { readRunRecord } from '../../../jobs/run/read-run-record.js';
import { fileSha256 } from '../../../model/zoo/file-sha256.js';
import { Problem } from '../../../problem.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import type { ExplainedSummary } from '../explain/images-table.js';
import { readImageList } from '../explain/image-list.js';
import { needExplained } from '../explain/need-explained.js';
import { readFamilies } from '../people/model-families.js';
import { studyPeople } from '../people/study-people.js';
import { isSameRun } from '../../same-run.js';
import type { AggregateOptions } from '../similarity-options.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { type AggregateItem, type AggregateResult, type AggregateTaskOptions } from './aggregate.task.js';
import { halfKey } from './mean-maps.js';

/** How people and models were grouped, as the user asked for it; kept so that a later call need not repeat it. */
interface Asked {
  readonly identities: string | null;
  readonly groups: string | null;
  readonly groupBy: readonly string[];
  readonly family: readonly string[];
  readonly seed: number;
}

/** What the record of the run holds of the means. */
export interface AggregateSummary extends ExplainedSummary {
  /** Persons on the canonical face. */
  readonly persons: number;
  readonly maps: number;
  readonly groups: People['groups'];
  readonly familyKeys: readonly string[];
  readonly modelNames: readonly string[];
  /** What a reader should know about the people. */
  readonly notes: readonly string[];
  readonly photographs: boolean;
}

/** Adds up the maps and the region shares of a study by person, model, family and group. No model is run. */
export async function aggregate(options: AggregateOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output } = options;
  const explained = needExplained(output);
  const folder = stepFolder(output, 'aggregate');
  const asked = askedFor(options, readRunRecord(folder)?.settings.asked as Partial<Asked> | undefined);
  const found = explained.record.results as unknown as ExplainedSummary;
  if (found.images === found.withoutLandmarks) {
    throw new Problem(
      explained.folder,
      'no landmarks were found in any image, so nothing can be laid on the canonical face',
      'the maps of the single images are there; try another --detector or --min-face-size',
    );
  }
  const models = explained.record.settings.models as readonly { name: string; folder: string }[];
  const groupBy = checkedKeys(asked.groupBy);
  const { identities, groups: table } = asked;
  const people = await studyPeople(await readImageList(explained.folder), {
    ...{ groupBy, identities: identities ?? undefined, groups: table ?? undefined },
  });
  const families = await readFamilies(
    asked.family,
    models.map(({ name }) => name),
  );
  const photographs = explained.record.settings.photos === true;
  const settings = {
    explained: await fileSha256(join(explained.folder, 'results.jsonl')),
    photos: photographs,
    identifiedBy: people.identifiedBy,
    asked,
    groups: people.groups,
    ...(table === null ? {} : { groupsSha256: await fileSha256(table) }),
    families,
  };
  const resume = options.resume !== false && isSameRun(folder, stepCommands.aggregate, settings);
  if (!resume) {
    // The maps of groups that are no more.
    for (const own of ['means', 'photographs']) await rm(join(folder, own), { recursive: true, force: true });
  }
  const notes = people.notes.map(({ text }) => text);
  const task: AggregateTaskOptions = {
    ...{ explained: explained.folder, folder, models, families },
    ...{ people: people.persons, groups: people.groups, seed: asked.seed },
  };
  const parts = ['maps', 'shares', ...(photographs ? (['photographs'] as const) : [])] as const;
  return runStudy(
    {
      request: { folder, command: stepCommands.aggregate, settings },
      title: 'aggregate',
      items: parts.map((name): AggregateItem => ({ name })),
      notes,
      module: new URL('./aggregate.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) {
          let sums: AggregateResult = {};
          for await (const { item, result } of run.results()) {
            if (item === 'maps') sums = result as AggregateResult;
          }
          if (sums.maps === undefined) {
            const why =
              run.record.skipped.at(0)?.reason ?? run.record.failed.at(0)?.reason ?? 'nothing came of it';
            throw new Problem(folder, `the maps could not be added up: ${why}`, 'see run.log there');
          }
          run.record.results = {
            ...found,
            ...{ persons: sums.persons ?? 0, maps: sums.maps, groups: people.groups },
            ...{ familyKeys: families.keys, modelNames: models.map(({ name }) => name), notes, photographs },
          } satisfies AggregateSummary;
        }
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'shares.csv'),
        };
      },
    },
    { ...options, resume },
    context,
  );
}

function askedFor(options: AggregateOptions, earlier: Partial<Asked> | undefined): Asked {
  const { identities, groups, groupBy, family, seed } = options;
  const file = (path: string) => (/[./\\]/.test(path) ? resolve(path) : path);
  return {
    identities: identities === undefined ? (earlier?.identities ?? null) : file(identities),
    groups: groups === undefined ? (earlier?.groups ?? null) : resolve(groups),
    groupBy: groupBy ?? earlier?.groupBy ?? [],
    family: family?.map((each) => (each.includes('=') ? each : resolve(each))) ?? earlier?.family ?? [],
    seed: seed ?? earlier?.seed ?? 0,
  };
}

/** Names that the study needs for itself. */
function checkedKeys(keys: readonly string[]): readonly string[] {
  const taken = keys.find((key) => ['all', 'person', 'model', halfKey].includes(key));
  if (taken === undefined) return keys;
  throw new Problem(`group ${taken}`, 'is a name that the study needs for itself', 'rename the column');
}
