import { Command } from 'commander';
import type { ConvertOptions } from '../models/convert-file.js';
import type { FillCacheOptions } from '../models/fill-cache.js';
import type { InspectOptions } from '../models/inspect-file.js';
import type { ShowCatalogueOptions } from '../models/show-catalogue.js';
import { wholeNumber } from '../options/parse.js';

export function modelsCommand(): Command {
  return new Command('models')
    .summary('the default models, and what is in a model file')
    .addCommand(listCommand())
    .addCommand(pullCommand())
    .addCommand(inspectCommand())
    .addCommand(convertCommand());
}

function listCommand(): Command {
  const command = new Command('list')
    .summary('the models that faceprobe knows by name')
    .description('Lists what can be given to --model by name, and whether it lies on this machine already.');
  return addOutputOptions(command).action(async (options: ShowCatalogueOptions) =>
    (await import('../models/show-catalogue.js')).showCatalogue(options),
  );
}

function pullCommand(): Command {
  const command = new Command('pull')
    .summary('fetch models ahead of time, for a machine without network')
    .description(
      'Fetches models into FACEPROBE_HOME, else the cache folder of the operating system. Each file is checked ' +
        'against its SHA-256; what lies there already is not fetched again.',
    )
    .argument('[name...]', 'names from `faceprobe models list` (default: all)');
  return addOutputOptions(command)
    .option('--quiet', 'no progress on standard error')
    .action(async (names: string[], options: FillCacheOptions) =>
      (await import('../models/fill-cache.js')).fillCache(names, options),
    );
}

function inspectCommand(): Command {
  const command = new Command('inspect')
    .summary('inputs, outputs, operators and card of a model')
    .description(
      'Shows what is in a model file, and whether its card fits it. For a model without a card it prints a draft.',
    )
    .argument('<model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .option('--card <file>', 'check this card (default: <model>.card.json, else the zoo)');
  return addOutputOptions(command).action(async (model: string, options: InspectOptions) =>
    (await import('../models/inspect-file.js')).inspectFile(model, options),
  );
}

function convertCommand(): Command {
  const command = new Command('convert')
    .summary('write a model as ONNX that takes any number of images at once')
    .description(
      'Reads a model of any format, frees its batch axis and writes it as ONNX, once ONNX Runtime has loaded it. ' +
        'Where the model has a card, the card is written beside it unless there is one already.',
    )
    .argument('<model>', 'a file (.onnx, .tflite) or a name from `faceprobe models list`')
    .argument('<output>', 'the ONNX file to write')
    .option('--opset <version>', "raise ONNX's operator set to this version", wholeNumber(1))
    .option('--promote <tensors...>', 'make these intermediate tensors outputs');
  return addOutputOptions(command).action(async (model: string, output: string, options: ConvertOptions) =>
    (await import('../models/convert-file.js')).convertFile(model, output, options),
  );
}

function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on standard output')
    .option('--debug', 'show stack traces');
}
