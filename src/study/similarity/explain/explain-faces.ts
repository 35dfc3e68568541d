import { join, resolve } from 'node:path';
import { checkOutputFolder } from '../../check-output-folder.js';
import { type FaceNeeds, faceTools } from '../../faces/face-tools.js';
import { methodSettings } from '../../explain/image-method.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import { checkLimeMethod } from '../lime-method.js';
import { filesOf, walkFolders } from '../people/image-folders.js';
import { studyPeople } from '../people/study-people.js';
import type { ExplainFacesOptions } from '../similarity-options.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import type { SimilarityTaskOptions } from './explain.task.js';
import { type ExplainedSummary, summariseImages } from './images-table.js';
import { writeImageList } from './image-list.js';
import type { StudyModel } from './study-models.js';

/** Explains every photograph with every model, by LIME of its similarity to itself. */
export async function explainFaces(
  options: ExplainFacesOptions,
  models: readonly StudyModel[],
  context: StudyContext,
): Promise<StudyOutcome> {
  const { output, method, aligned = false, batchSize, photos, limit, identities } = options;
  checkLimeMethod(method);
  checkOutputFolder(output, options.inputPath);
  const folder = stepFolder(output, 'explain');
  const { folders, problems } = await walkFolders(options.inputPath);
  const files = filesOf(folders);
  const { persons } = await studyPeople(folders, { identities });
  const names = persons.flatMap(({ images }) => images.slice(0, limit)).sort();
  // Landmarks are looked for even in aligned images: the canonical face needs them.
  const needs: FaceNeeds = { detector: true, landmarks: true };
  const tools = await faceTools(options, needs, context);
  const task: SimilarityTaskOptions = {
    ...{ folder, models, aligned, method, batchSize, photos },
    tools: tools.tools,
  };
  return runStudy(
    {
      request: {
        folder,
        command: stepCommands.explain,
        settings: {
          inputPath: folders.map((each) => each.folder),
          images: names.length,
          ...(limit === undefined ? {} : { limit, identities: identities ?? null }),
          models: models.map(({ name, folder: own, reference, sha256, card }) => ({
            ...{ name, folder: own, reference, sha256 },
            preprocessing: card.input,
          })),
          aligned,
          ...tools.settings,
          ...methodSettings(method),
          ...{ batchSize, photos },
        },
      },
      title: 'explain',
      items: names.map((name) => ({ name, file: resolve(files.get(name)!) })),
      problems,
      module: new URL('./explain.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        await writeImageList(folder, folders);
        if (complete) {
          const summary: ExplainedSummary = await summariseImages(
            run,
            models.map(({ name }) => name),
          );
          run.record.results = { ...summary };
        }
        return {
          json: () => Promise.resolve({ folder, ...run.record.results }),
          lookAt: join(folder, 'images.csv'),
        };
      },
    },
    options,
    context,
  );
}
