import { Command, Option } from 'commander';
import { faceRegions } from '../../../face/regions.js';
import type { ExplainOptions } from '../../../study/explain/explain.js';
import {
  addFaceOptions,
  addFigureOptions,
  addModelOptions,
  addOcclusionOptions,
  addRunOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addGroupOptions } from './options.js';

export function occlusionCommand(): Command {
  const command = new Command('occlusion')
    .summary('hide one part at a time and see how the score moves')
    .description(
      'Hides one part of the face at a time, without writing the occluded images, and maps how much the score falls. ' +
        'Writes the raw map (.npy), an overlay (.png) and its provenance (.json) for every image, mean maps per class, ' +
        'the regions ranked by effect with 95 % intervals, and a report.',
    )
    .argument('<image...>', 'image files or folders')
    .requiredOption('--output <folder>', 'where maps and report go; the only place that is written to');
  addModelOptions(command)
    .option(
      '--target <target>',
      'what is explained: bona-fide or a class, logit:CLASS (does not saturate), self-similarity, or a quantity',
    )
    .option(
      '--reference <image>',
      'verification: explain the similarity to this face (default: to the image itself)',
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'what is hidden: a sliding window, cells of a grid, regions, or cells and regions',
      )
        .choices(['window', 'grid', 'landmark', 'both'])
        .default('window'),
    );
  addOcclusionOptions(command, faceRegions);
  addGroupOptions(command);
  addFigureOptions(command, 'coolwarm');
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((images: string[], options: Omit<ExplainOptions, 'images'> & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/explain/explain.js')).explainByOcclusion, {
      ...options,
      images,
    }),
  );
}
