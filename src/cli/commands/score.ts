import { Command } from 'commander';
import type { ScoreOptions } from '../../study/score/score.js';
import {
  addBoxesOption,
  addFaceOptions,
  addModelOptions,
  addRunOptions,
  addWorkerOptions,
} from '../options/groups.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function scoreCommand(): Command {
  const command = new Command('score')
    .summary('score every image of a folder with a model')
    .description(
      'Writes a CSV with one row an image: path, score and one column a class. The score is P(bona fide) for PAD and ' +
        'MAD, the cosine to --reference for verification, else the probability of --class. ' +
        'Give --aligned for images that `crop` or `occlude` wrote: a covered face is hard to find.',
    )
    .requiredOption('--input-path <folder>', 'root folder of the images')
    .requiredOption('--output <file>', 'the score file to write');
  addModelOptions(command)
    .option(
      '--class <name>',
      'the class whose probability is the score (default: bona fide, as the card says)',
    )
    .option('--reference <image>', 'verification: the score is the cosine to this face')
    .option('--embeddings <file>', 'verification: also write the embeddings, one row an image, as .npy');
  addBoxesOption(addFaceOptions(command));
  addRunOptions(addWorkerOptions(command));
  return command.action((options: ScoreOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../study/score/score.js')).score, options),
  );
}
