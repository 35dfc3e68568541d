import { Command } from 'commander';
import type { FinetuneOptions } from '../../../study/train/finetune/finetune-options.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addTrainingDataOptions, addTrainingOptions } from './options.js';

export function finetuneCommand(): Command {
  const command = new Command('finetune')
    .summary('train the weights of a network further')
    .description(
      'Trains all weights of a network, or those behind a tensor, on labelled photographs whose classes are those of its ' +
        'card, and writes it with its card. The report says how well it did before and after, on people that it never saw.',
    )
    .requiredOption('--model <model>', 'the network: a file or a name from `faceprobe models list`')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option('--from <tensor>', 'train only what lies behind this tensor (default: all weights)');
  addTrainingDataOptions(command);
  addTrainingOptions(command, { epochs: 20, batchSize: 16, learningRate: 0.0003, patience: 5, warmUp: 1 });
  return command.action((options: FinetuneOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../../study/train/finetune.js')).finetune, options),
  );
}
