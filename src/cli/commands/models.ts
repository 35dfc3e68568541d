import { Command } from 'commander';
import type { ConvertOptions } from '../models/convert-file.js';
import type { ExamineOptions } from '../models/examine.js';
import type { FillCacheOptions } from '../models/fill-cache.js';
import type { InspectOptions } from '../models/inspect-file.js';
import type { ShowCatalogueOptions } from '../models/show-catalogue.js';
import { addFaceOptions, addWorkerOptions } from '../options/groups.js';
import { size, wholeNumber } from '../options/parse.js';

export function modelsCommand(): Command {
  return new Command('models')
    .summary('the default models, and what is in a model file')
    .addCommand(listCommand())
    .addCommand(pullCommand())
    .addCommand(inspectCommand())
    .addCommand(convertCommand())
    .addCommand(doctorCommand());
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

function doctorCommand(): Command {
  const command = new Command('doctor')
    .summary('check a model, and find how it wants its input')
    .description(
      'Says what the file tells about layout, batch, normalisation, outputs and gradients. With a few dozen images or ' +
        'pairs whose answers are known it tries the usual channel orders, ranges, crops and class orders, ranks them ' +
        'by AUC or EER with 95 % intervals, says which differences are real, and proposes a card or judges yours. ' +
        'At least 2 images of a class are needed, 6 to tell differences, 10 to hold some out from the choice.',
    )
    .argument('<model>', 'a file (.onnx, .tflite, .json, .h5) or a name from `faceprobe models list`')
    .option('--images <folder>', 'labelled images (with --pairs: what the paths of the list are relative to)')
    .option(
      '--labels <file>',
      'CSV with file and label (default: UTKFace’s file names, else one folder for each class)',
    )
    .option('--label <name>', 'column of the labels, or age, gender, race of UTKFace’s file names')
    .option(
      '--bona-fide <label>',
      'the label that is bona fide; all others are attacks (default: live, real, genuine or bona fide, if one is there)',
    )
    .option('--pairs <file>', 'pairs of images: a CSV file_a,file_b,same (1 or 0) or LFW’s pairs.txt')
    .option('--card <file>', 'judge this card (default: <model>.card.json, else the zoo)')
    .option('--no-card', 'find everything anew, whatever card there is')
    .option('--aligned', 'the images are what the model sees: do not look for a face, try no crop')
    .option('--output <tensor>', 'the output to look at, where several could be meant')
    .option('--size <size>', 'size to feed where the network takes any, such as 112 or 96x112', size)
    .option(
      '--max-images <count>',
      'most images that are used, drawn evenly from the classes',
      wholeNumber(4),
      80,
    )
    .option('--resamples <count>', 'resamples of the bootstrap', wholeNumber(200), 1000)
    .option(
      '--seed <number>',
      'seed of drawing images, of the bootstrap and of the halves',
      wholeNumber(0),
      0,
    )
    .option('--report <file.html>', 'write the findings as a report, with a plot of the ranking')
    .option('--write <card.json>', 'write the card that was found (default: print it)')
    .option('--quiet', 'no progress on standard error');
  addWorkerOptions(addFaceOptions(command));
  return addOutputOptions(command).action(async (model: string, options: ExamineOptions) =>
    (await import('../models/examine.js')).examine(model, options),
  );
}

function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on standard output')
    .option('--debug', 'show stack traces');
}
