import { Command, Option } from 'commander';
import type { HeadOptions } from '../../../study/train/head/head-options.js';
import { headNames, heads } from '../../../train/heads/heads.js';
import { positiveNumber, size, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addTrainingDataOptions, addTrainingOptions } from './options.js';

export function headCommand(): Command {
  const recipes = headNames.map((name) => `${name}: ${heads[name].words}`).join('; ');
  const command = new Command('head')
    .summary('train a small network on the features of a frozen one')
    .description(
      'Computes the features of every image once, trains a head on them, and writes both networks as one ONNX file ' +
        `with its card. Recipes: ${recipes}.`,
    )
    .requiredOption('--model <model>', 'the frozen network: a file or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--tensor <name>',
      'where the head begins (default: the last tensor with height and width; `models inspect` lists some)',
    )
    .option(
      '--input-size <size>',
      'pixels that the frozen network sees instead of its own size; its operators must bear it',
      size,
    )
    .option(
      '--crop-scale <factor>',
      'size of the view as a multiple of the face’s box (default: as the card says)',
      positiveNumber,
    )
    .addOption(new Option('--recipe <name>', 'the head').choices(headNames).default('linear'))
    .addOption(
      new Option('--task <task>', 'what the result is for')
        .choices(['pad', 'mad', 'attribute'])
        .default('pad'),
    )
    .option('--bona-fide <class>', 'the class that is bona fide; pad and mad need it')
    .option(
      '--copies <count>',
      'times that each training image is shown: once as it is, then augmented',
      wholeNumber(1),
      1,
    );
  addTrainingDataOptions(command);
  addTrainingOptions(command, {
    epochs: 300,
    batchSize: 32,
    learningRate: 0.003,
    patience: 50,
    warmUp: 0,
  });
  return command.action((options: HeadOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/train/head.js')).trainHead, options),
  );
}
