import { join, resolve } from 'node:path';
import { Problem } from '../../../problem.js';
import { checkOutputFolder } from '../../check-output-folder.js';
import { describeModel } from '../../describe-model.js';
import { faceTools } from '../../faces/face-tools.js';
import { runStudy } from '../../run-study.js';
import type { StudyContext, StudyOutcome } from '../../study.js';
import type { BiasRunOptions } from '../bias-options.js';
import { groupings, groupOf, sortedGroups } from '../labels/grouping.js';
import { type LabelledImage, studyImages } from '../labels/study-images.js';
import { stepCommands, stepFolder } from '../step-folder.js';
import { biasMethod } from './bias-method.js';
import type { BiasItem, BiasTaskOptions } from './image.task.js';
import { type ImagesSummary, summariseImages } from './images-table.js';

/** Predicts and explains every image, and finds which regions of the face are active. */
export async function studyFaces(options: BiasRunOptions, context: StudyContext): Promise<StudyOutcome> {
  const { output, inputPath, model, aligned = false, batchSize, photos, mask, compat } = options;
  checkOutputFolder(output, [inputPath]);
  const folder = stepFolder(output, 'run');
  const { card, sha256 } = await describeModel(model, options.card);
  const method = biasMethod(options);
  const study = await studyImages(options, card);
  const { decision, labelSource } = study;
  const items = withMasks(study.images, options);
  // The face is looked for even in aligned images: its regions are needed.
  const needs = { detector: true, landmarks: true, mesh: options.regions === 'mesh' };
  const tools = await faceTools(options, needs, context);
  const { cutoff, threshold, overlap, assign, regions, explain } = options;
  const task: BiasTaskOptions = {
    ...{ folder, model, card, decision, explain, method, regions, aligned, batchSize, photos, compat },
    activation: { cutoff, threshold, overlap, assign },
    masking: {
      fill: options.fill,
      precision: options.landmarkPrecision,
      scale: options.landmarkScaleFactor,
    },
    tools: tools.tools,
  };
  return runStudy(
    {
      request: {
        folder,
        command: stepCommands.run,
        settings: {
          inputPath: resolve(inputPath),
          labels: labelSource,
          images: study.images.length,
          sample: { limit: options.limit ?? null, balanced: options.balanced, seed: options.seed },
          model: { name: card.name, reference: model, sha256 },
          preprocessing: card.input,
          decision,
          groupBy: options.groupBy,
          ageWidth: options.ageWidth,
          explain,
          method,
          regions,
          activation: task.activation,
          mask,
          maskGroup: options.maskGroup ?? null,
          ...(mask.length === 0 ? {} : { masking: task.masking }),
          aligned,
          ...tools.settings,
          ...{ photos, compat: compat ?? null },
        },
      },
      title: 'predict and explain',
      items,
      problems: study.problems,
      notes: study.notes,
      module: new URL('./image.task.js', import.meta.url),
      options: task,
      conclude: async (run, complete) => {
        if (complete) {
          const summary: ImagesSummary = await summariseImages(run, decision.classes);
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

/** The regions that are hidden in each image: in those of one group, where it is named. */
function withMasks(
  images: readonly LabelledImage[],
  { mask, maskGroup, ageWidth }: BiasRunOptions,
): BiasItem[] {
  if (maskGroup === undefined) return images.map((image) => ({ ...image, masks: mask }));
  if (mask.length === 0) {
    throw new Problem('--mask-group', 'hides nothing by itself', 'name the region with --mask');
  }
  const columns = [...new Set(images.flatMap(({ labels }) => Object.keys(labels)))];
  const [grouping] = groupings([maskGroup.key], columns);
  const groups = images.map(({ labels }) => groupOf(grouping, labels, ageWidth));
  if (!groups.includes(maskGroup.group)) {
    throw new Problem(
      `--mask-group ${maskGroup.key}=${maskGroup.group}`,
      'has no image',
      `the groups are ${sortedGroups(groups.filter((group) => group !== undefined)).join('; ')}`,
    );
  }
  return images.map((image, at) => ({ ...image, masks: groups[at] === maskGroup.group ? mask : [] }));
}
