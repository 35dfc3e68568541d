import type { StudyContext, StudyOutcome } from '../study.js';
import { aggregate } from './aggregate/aggregate.js';
import { compare } from './compare/compare.js';
import { explainFaces } from './explain/explain-faces.js';
import { studyModels } from './explain/study-models.js';
import { readFamilies } from './people/model-families.js';
import { walkFolders } from './people/image-folders.js';
import { studyPeople } from './people/study-people.js';
import { writeStudyReport } from './report/write-study-report.js';
import type { SimilarityRunOptions } from './similarity-options.js';

/** The whole study: explains every photograph by every model, adds up by groups, compares, and writes the report. */
export async function runSimilarity(
  options: SimilarityRunOptions,
  context: StudyContext,
): Promise<StudyOutcome> {
  const { identities, groups, groupBy, family = [] } = options;
  const models = await studyModels(options.model, options.card);
  // A table that cannot be used is better known now than after hours.
  const { folders } = await walkFolders(options.inputPath);
  await studyPeople(folders, { identities, groups, groupBy });
  await readFamilies(
    family,
    models.map(({ name }) => name),
  );

  const explained = await explainFaces(options, models, context);
  if (context.signal.aborted) return explained;
  const aggregated = await aggregate(options, context);
  if (context.signal.aborted) return aggregated;
  // One model alone has nothing to be compared with, unless there are groups.
  const compared = await compare(options, context);
  if (context.signal.aborted) return compared;
  const steps = { explain: explained, aggregate: aggregated, compare: compared };
  return {
    ...explained,
    folder: options.output,
    json: async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(steps).map(async ([step, outcome]) => [step, await outcome.json()] as const),
        ),
      ) as unknown,
    lookAt: await writeStudyReport(options.output),
  };
}
