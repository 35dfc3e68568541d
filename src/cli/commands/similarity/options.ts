import { type Command, InvalidArgumentError } from 'commander';
import { type MapDistanceName, mapDistances } from '../../../measure/agreement/map-distances.js';
import { type Linkage, linkages } from '../../../measure/clustering/linkage.js';
import { nameList, numberBetween } from '../../options/parse.js';

/** Where the study lies. */
export function addStudyOption(command: Command): Command {
  return command.requiredOption(
    '--output <folder>',
    'the folder of the study; the only place that is written to',
  );
}

/** How people and models are grouped. */
export function addGroupingOptions(command: Command): Command {
  return command
    .option(
      '--identities <source>',
      'who is in the images: folder, vggface2, frll, lfw, image, or a CSV file,identity (default: as the paths are)',
    )
    .option(
      '--groups <file>',
      'CSV of labels by image (file, ...) or by person (identity, ...); without it the file names tell (FRLL, UTKFace)',
    )
    .option(
      '--group-by <keys>',
      'columns to group people by, such as ethnicity,sex,age; with several folders also dataset',
      nameList,
    )
    .option(
      '--family <family...>',
      'what models have in common: MODEL=FAMILY, or a CSV model,training_set,depth',
    );
}

/** How mean maps are compared. */
export function addComparisonOptions(command: Command): Command {
  return command
    .option(
      '--measures <names>',
      `distances, the first for the figures: ${Object.keys(mapDistances).join(', ')} (default: all, jensen-shannon first)`,
      (text) => known(text, Object.keys(mapDistances) as MapDistanceName[]),
    )
    .option(
      '--linkages <names>',
      `trees, the first for the figures: ${Object.keys(linkages).join(', ')} (default: both)`,
      (text) => known(text, Object.keys(linkages) as Linkage[]),
    )
    .option(
      '--hottest <share>',
      'the share of the face that the overlap of two maps is about (default: 0.1)',
      numberBetween(0.001, 0.999),
    );
}

function known<Name extends string>(text: string, names: readonly Name[]): Name[] {
  return nameList(text).map((name) => {
    const found = names.find((each) => each === name);
    if (found === undefined) throw new InvalidArgumentError(`There are ${names.join(', ')}.`);
    return found;
  });
}
