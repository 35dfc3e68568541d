import { Command, Option } from 'commander';
import type { EvaluateOptions, ModelToScore } from '../../study/evaluate/evaluate.js';
import { evaluationTasks } from '../../study/evaluate/evaluate-request.js';
import { parseNamedFile } from '../../study/evaluate/evaluated-systems.js';
import { parseSpeciesRule } from '../../study/evaluate/species-rule.js';
import { parseThresholdRule } from '../../study/evaluate/threshold-rule.js';
import { Problem } from '../../problem.js';
import { addBoxesOption, addFaceOptions, addRunOptions, addWorkerOptions } from '../options/groups.js';
import { checked, nameList, wholeNumber } from '../options/parse.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

/** The options as commander gives them. */
type CommandOptions = Omit<EvaluateOptions, 'scores' | 'development' | 'model'> &
  TerminalOptions & {
    readonly development?: readonly string[];
    readonly model?: string;
  } & Partial<Omit<ModelToScore, 'model'>>;

export function evaluateCommand(): Command {
  const command = new Command('evaluate')
    .summary('error rates from score files: attacks, morphs, verification, attributes')
    .description(
      'Measures score files (path,score[,label]; also those of bob) side by side, such as before=a.csv after=b.csv, or ' +
        'scores a folder with --model first. Writes into OUTPUT: report.html, evaluation.json, measures.csv, plots, and a ' +
        'folder a system with decisions.csv, curve.csv and histogram.csv. Rates have 95 % intervals; what the sample ' +
        'cannot support is refused with the reason.',
    )
    .argument('[scores...]', 'score files, each FILE or NAME=FILE')
    .addOption(
      new Option('--task <task>', 'attacks, morphs, pairs of faces, or classes')
        .choices(evaluationTasks)
        .makeOptionMandatory(),
    )
    .requiredOption('--output <folder>', 'the only place that is written to')
    .option(
      '--threshold <rule>',
      'eer, apcer=0.05, bpcer=0.05, fmr=0.001, fnmr=0.01, or a score such as 0.5',
      checked(parseThresholdRule),
      parseThresholdRule('eer'),
    )
    .option(
      '--development <files...>',
      'score files that the threshold is chosen on, FILE for all or NAME=FILE (default: the scores themselves)',
    )
    .option(
      '--labels <source>',
      'a CSV with a column of paths, the JSON of CelebA-Spoof, folders, or file-names (FRLL, UTKFace) ' +
        '(default: the score file, else the folders)',
    )
    .option('--label-column <name>', 'the column that holds the label (default: label or class)')
    .option(
      '--bona-fide <labels>',
      'labels that mean bona fide (default: bona fide, live, real, genuine)',
      nameList,
    )
    .option(
      '--genuine <labels>',
      'labels that mean one person (default: genuine, same, match, mated)',
      nameList,
    )
    .option(
      '--species <rule>',
      'column:NAME, folder, or regular expressions with commas between them (default: the column attack_type or ' +
        'species, else the label)',
      checked(parseSpeciesRule),
    )
    .addOption(
      new Option('--score-is <class>', 'what a high score says')
        .choices(['bona-fide', 'attack'])
        .default('bona-fide'),
    )
    .addOption(
      new Option('--positive <class>', 'the class of precision, recall and F1')
        .choices(['bona-fide', 'attack'])
        .default('bona-fide'),
    )
    .option('--classes <names>', 'attribute: the columns with the scores of the classes', nameList)
    .option('--identities <source>', 'who is in an image: a scheme (frll, lfw, folder, ...) or a CSV')
    .option(
      '--group-by <keys>',
      'compare groups: columns, crossed by +, such as gender,gender+race',
      nameList,
      [],
    )
    .option('--groups <file>', 'a CSV of these columns by image or by person (default: the labels)')
    .option('--model <model>', 'score the images of --input-path first: a file or a name of the zoo')
    .option('--input-path <folder>', 'root folder of the images')
    .option('--card <file>', 'what goes in and what comes out (default: <model>.card.json, else the zoo)')
    .option('--aligned', 'the images are what the model sees: do not look for a face')
    .option(
      '--class <name>',
      'the class whose probability is the score (default: bona fide, as the card says)',
    )
    .option('--reference <image>', 'verification: the score is the cosine to this face')
    .option('--seed <number>', 'seed of the bootstrap intervals', wholeNumber(0), 0);
  addBoxesOption(addFaceOptions(command));
  addRunOptions(addWorkerOptions(command));
  return command.action((scores: string[], options: CommandOptions) =>
    runStudy(
      async () => (await import('../../study/evaluate/evaluate.js')).evaluate,
      evaluateOptions(scores, options),
    ),
  );
}

function evaluateOptions(
  scores: readonly string[],
  options: CommandOptions,
): EvaluateOptions & TerminalOptions {
  const { development = [], model, inputPath, card, aligned, reference, ...rest } = options;
  const { class: className, detector, cascade, minFaceSize, select, landmarkModel, boxes, ...request } = rest;
  if ((model === undefined) !== (inputPath === undefined)) {
    throw new Problem(
      model === undefined ? '--input-path' : '--model',
      'needs the other: a model and the images that it scores',
      'give both --model and --input-path, or score files only',
    );
  }
  return {
    ...request,
    scores: scores.map(parseNamedFile),
    development: development.map(parseNamedFile),
    ...(model === undefined || inputPath === undefined
      ? {}
      : {
          model: {
            ...{ model, inputPath, card, aligned, reference, class: className },
            ...{ detector, cascade, minFaceSize, select, landmarkModel, boxes },
            ...{ workers: options.workers, resume: options.resume },
          } as ModelToScore,
        }),
  };
}
