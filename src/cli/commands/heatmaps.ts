import { Command, Option } from 'commander';
import type { HeatmapsOptions } from '../../study/heatmaps/heatmaps.js';
import {
  addFaceOptions,
  addFigureOptions,
  addRegionShapeOptions,
  addRunOptions,
  addWorkerOptions,
} from '../options/groups.js';
import { checked, nameList, wholeNumber } from '../options/parse.js';
import { parseClassLabels } from '../../study/occlusion/class-labels.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function heatmapsCommand(): Command {
  const command = new Command('heatmaps')
    .summary('draw heat maps from the score files of any model')
    .description(
      'Matches every occluded image with its original, and draws what the score became where a cell or a region was ' +
        'hidden. A score file is a CSV path,score[,label]; a header is optional.',
    )
    .requiredOption('--regular <file>', 'scores of the images as they are')
    .option('--grid <file>', 'scores of the grid-occluded images')
    .option('--landmark <file>', 'scores of the region-occluded images')
    .requiredOption('--output <folder>', 'where the heat maps go; the only place that is written to')
    .option(
      '--images <folder>',
      'root folder of the original images (default: the paths of the score file as they are)',
    )
    .option('--occlusions <folder>', 'output folder of `faceprobe occlude` (default: read from the paths)')
    .addOption(
      new Option('--heatmap-mode <mode>', 'occluded: the score when hidden; diff: how far it moved')
        .choices(['occluded', 'diff'])
        .default('occluded'),
    )
    .addOption(
      new Option('--generated-heatmaps <which>', 'one figure an image, the mean over images, or both')
        .choices(['individual', 'average', 'both'])
        .default('both'),
    )
    .option(
      '--class-labels <labels>',
      'what the labels 0 and 1 and the ends of the score mean',
      checked((text) => parseClassLabels(nameList(text))),
      parseClassLabels(['0=morph', '1=bona fide']),
    )
    .addOption(
      new Option('--log-level <level>', 'what goes into run.log and, without a terminal, to standard error')
        .choices(['DEBUG', 'INFO', 'WARNING', 'ERROR'])
        .default('INFO'),
    )
    .option('--no-photos', 'leave the photographs out of figures and report')
    .addOption(
      new Option(
        '--compat <system>',
        'upstream: region boxes rounded to cells, unscaled, and the matching rule of the published scripts',
      ).choices(['upstream']),
    );
  command.option('--seed <number>', 'seed of the bootstrap intervals', wholeNumber(0), 0);
  addFigureOptions(command, 'hot');
  addRegionShapeOptions(command);
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: HeatmapsOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../study/heatmaps/heatmaps.js')).heatmaps, options),
  );
}
