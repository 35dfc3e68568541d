import { Command, Option } from 'commander';
import type { OccludeOptions } from '../../study/occlusion/occlude.js';
import {
  addFaceOptions,
  addOcclusionOptions,
  addRunOptions,
  addTreeOptions,
  addWorkerOptions,
} from '../options/groups.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function occludeCommand(): Command {
  const command = new Command('occlude')
    .summary('write occluded variants of every image of a folder')
    .description(
      'Hides one part of the face at a time and writes each variant under its own folder: ' +
        'grid-occlusion/r{row}_c{col}/..., landmark-occlusion/{region}/..., window-occlusion/y{top}_x{left}/... ' +
        'What was hidden is recorded in results.jsonl, where `faceprobe heatmaps` reads it.',
    )
    .addOption(
      new Option(
        '--mode <mode>',
        'what is hidden: cells of a grid, regions of the face, both, or a sliding window',
      )
        .choices(['grid', 'landmark', 'both', 'window'])
        .makeOptionMandatory(),
    );
  addTreeOptions(command, 'the variants');
  addOcclusionOptions(command, ['left_eye', 'right_eye', 'nose', 'mouth']);
  addFaceOptions(command)
    .addOption(
      new Option('--face <how>', 'detect: look for the face; whole: the image is a tight crop of one')
        .choices(['detect', 'whole'])
        .default('detect'),
    )
    .option('--lossless', 'write PNG instead of the format of the input')
    .addOption(
      new Option('--compat <system>', 'upstream: a region is filled along its points in index order').choices(
        ['upstream'],
      ),
    );
  addRunOptions(addWorkerOptions(command));
  return command.action((options: OccludeOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../study/occlusion/occlude.js')).occlude, options),
  );
}
