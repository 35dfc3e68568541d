import type { StudyContext, StudyOutcome } from '../study.js';
import { aggregateAgain, stopped } from './again.js';
import { explainFaces } from './explain/explain-faces.js';
import { studyModels } from './explain/study-models.js';
import { readFamilies } from './people/model-families.js';
import { walkFolders } from './people/image-folders.js';
import { studyPeople } from './people/study-people.js';
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
  if (stopped(context)) return explained;
  const added = await aggregateAgain(options, context);
  if (stopped(context)) return added;
  return {
    ...added,
    folder: options.output,
    // What was lost was lost here.
    record: explained.record,
    json: async () => ({ explain: await explained.json(), ...((await added.json()) as object) }),
  };
}
