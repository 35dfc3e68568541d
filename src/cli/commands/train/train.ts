import { Command } from 'commander';
import { finetuneCommand } from './finetune.js';
import { headCommand } from './head.js';

export function trainCommand(): Command {
  return new Command('train')
    .summary('train a head on a frozen network, or fine-tune a network')
    .description(
      'Trains on labelled photographs, split by person, and writes one ONNX file with its card. docs/training.md tells more.',
    )
    .addCommand(headCommand())
    .addCommand(finetuneCommand());
}
