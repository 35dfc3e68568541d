import { Command, Option } from 'commander';
import { parseRegions } from '../../../face/parse-regions.js';
import { thresholdNames } from '../../../image/threshold/methods.js';
import { centreDistances } from '../../../measure/localisation/assign-boxes.js';
import { parseFill } from '../../../perturb/occlusion/fill.js';
import type { BiasRunOptions } from '../../../study/bias/bias-options.js';
import { biasMethodNames } from '../../../study/bias/images/bias-method.js';
import { regionKinds } from '../../../study/bias/images/face-parts.js';
import {
  addFaceOptions,
  addModelOptions,
  addRegionShapeOptions,
  addRunOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { checked, nameList, numberBetween, wholeNumber } from '../../options/parse.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';
import { addMeasureOptions, addStudyOption, groupOfKey, labelMap } from './options.js';

export function biasRunCommand(): Command {
  const command = new Command('run')
    .summary('predict, explain, measure by group, and report')
    .description(
      'Predicts an attribute (or a yes/no decision) of every face, explains each decision by a map, tells which regions of ' +
        'the face are active, measures rates and maps by groups of people, and writes OUTPUT/report.html.',
    )
    .requiredOption('--input-path <folder>', 'root folder of the images')
    .option(
      '--labels <file>',
      'CSV of labels by image: file, and any columns (default: the file names of UTKFace and FRLL, else the folders)',
    )
    .requiredOption('--attribute <column>', 'the label that the model predicts, such as gender')
    .option(
      '--map <pairs>',
      'what labels mean where they are not spelled like the classes: m=male,f=female',
      labelMap,
    )
    .option(
      '--positive <class>',
      'makes it a yes/no decision for this class (default: bona fide, where the card names it)',
    )
    .option(
      '--decide-at <probability>',
      'from which probability of the positive class on it is yes (default: 0.5)',
      numberBetween(0, 1),
    )
    .option(
      '--group-by <keys>',
      'columns to group people by, with + between those that are crossed',
      nameList,
      ['gender', 'race', 'gender+race'],
    )
    .option('--age-width <years>', 'years in a band of ages', wholeNumber(1, 110), 20)
    .option('--limit <count>', 'images, drawn at random (default: all)', wholeNumber(1))
    .option('--balanced', 'as many images from each crossing of the attribute and the groups', false)
    .option('--seed <number>', 'seed of the sample and of methods that draw', wholeNumber(0, 2 ** 32 - 1), 42)
    .addOption(
      new Option('--method <method>', 'what explains a decision')
        .choices(biasMethodNames)
        .default('gradcam++'),
    )
    .option('--layer <names>', 'layers of a class activation map (default: the last spatial one)', nameList)
    .addOption(
      new Option('--explain <class>', 'the class whose map is made: the true one, or the predicted one')
        .choices(['true', 'predicted'])
        .default('true'),
    )
    .addOption(
      new Option('--regions <points>', 'regions of the face by a mesh of 468 points, or by 68 landmarks')
        .choices(regionKinds)
        .default('mesh'),
    )
    .option('--cutoff <percentile>', 'lower values of a map count as 0', numberBetween(0, 100), 90)
    .addOption(
      new Option('--threshold <method>', 'what tells active pixels from others after that')
        .choices(thresholdNames)
        .default('otsu'),
    )
    .option('--overlap <share>', 'of an active part that its region must cover', numberBetween(0, 1), 0.2)
    .addOption(
      new Option('--assign <distance>', 'between centres: the nearest region gets the active part')
        .choices(centreDistances)
        .default('euclidean'),
    )
    .option(
      '--mask <regions>',
      'what if: hide these regions one by one, with commas between them',
      checked((text) => parseRegions(nameList(text))),
      [],
    )
    .option(
      '--mask-group <key=group>',
      'hide them in the images of this group only (default: in each group in turn)',
      groupOfKey,
    )
    .option(
      '--fill <fill>',
      'what covers: black, mean, blur or a colour such as #808080',
      checked(parseFill),
      'black',
    )
    .addOption(
      new Option(
        '--compat <system>',
        'upstream: regions, boxes and measures of the published notebook of BiasX',
      ).choices(['upstream']),
    )
    .option('--no-photos', 'keep and show no photographs');
  addStudyOption(command);
  addModelOptions(command);
  addRegionShapeOptions(command);
  addMeasureOptions(command);
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action(
    ({ layer, ...options }: BiasRunOptions & TerminalOptions & { readonly layer?: readonly string[] }) =>
      runStudy(async () => (await import('../../../study/bias/run.js')).runBias, {
        ...options,
        layers: layer,
      }),
  );
}
