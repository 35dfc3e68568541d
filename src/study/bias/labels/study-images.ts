import { labelledImages } from '../../../dataset/labels/labelled-images.js';
import { columnOf } from '../../../dataset/people/group-column.js';
import type { Labels } from '../../../dataset/labels/label-table.js';
import { type Card, classNames } from '../../../model/card.js';
import { Problem } from '../../../problem.js';
import { type ImageItem, imageItems } from '../../image-items.js';
import { classOf, type Decision, studyDecision } from './decision.js';
import { type Grouping, groupings, groupOf } from './grouping.js';
import { balancedSample, sampleNames } from './sample.js';

/** One image of a study, with what is known of it. Plain data. */
export interface LabelledImage extends ImageItem {
  readonly labels: Labels;
  /** The true class, as the decision names it. */
  readonly truth: string;
}

/** The images of a study. */
export interface StudyImages {
  readonly images: readonly LabelledImage[];
  readonly decision: Decision;
  readonly groupings: readonly Grouping[];
  /** Where the labels came from, in words. */
  readonly labelSource: string;
  /** One for each image that cannot take part. */
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** What is read, and what of it takes part. */
export interface StudyImagesOptions {
  readonly inputPath: string;
  readonly labels?: string | undefined;
  readonly attribute: string;
  readonly map?: readonly (readonly [label: string, name: string])[] | undefined;
  readonly positive?: string | undefined;
  readonly decideAt?: number | undefined;
  readonly groupBy: readonly string[];
  readonly ageWidth: number;
  readonly limit?: number | undefined;
  readonly balanced: boolean;
  readonly seed: number;
}

/**
 * The images of a study: listed, sampled, and labelled.
 *
 * As in the published notebook, the sample is drawn before labels are looked at, so that it does not depend on them; a
 * balanced one is drawn from the images that are labelled.
 *
 * @throws Problem where no image is left
 */
export async function studyImages(options: StudyImagesOptions, card: Card): Promise<StudyImages> {
  const { inputPath, labels: table, attribute, map = [], balanced } = options;
  const { items, problems } = await imageItems([inputPath]);
  const files = new Map(items.map(({ name, file }) => [name, file]));
  const sampled = balanced ? [...files.keys()].sort() : sampleNames([...files.keys()], options);
  const classes = Object.values(card.outputs).flatMap(classNames);
  const values = [...map.map(([label]) => label), ...classes];
  const labels = await labelledImages(sampled, { folder: items, table, attribute, values });
  const column = columnOf(attribute, labels.columns);
  if (column === undefined) {
    throw new Problem(
      `--attribute ${attribute}`,
      `is in none of the labels from ${labels.source}`,
      `they have ${labels.columns.join(', ')}`,
    );
  }
  const truths = [...labels.byImage.values()].flatMap((each) => (column in each ? [each[column]] : []));
  const decision = studyDecision(card, { ...options, labels: [...new Set(truths)] });

  const lost: Problem[] = [...problems, ...labels.problems];
  const images: LabelledImage[] = [];
  for (const [name, own] of labels.byImage) {
    const label = column in own ? own[column] : undefined;
    const truth = label === undefined ? undefined : classOf(label, decision);
    if (truth === undefined) lost.push(withoutClass(name, label, decision, attribute));
    else images.push({ name, file: files.get(name)!, labels: own, truth });
  }
  if (images.length === 0) {
    throw new Problem(
      `--attribute ${attribute}`,
      `none of the labels (${[...new Set(truths)].slice(0, 5).join(', ')}) is a class of ${card.name}`,
      `its classes are ${decision.classes.join(', ')}; say which label means which with --map LABEL=CLASS`,
    );
  }
  const groups = groupings(options.groupBy, labels.columns);
  const notes = [...labels.notes];
  const chosen = balanced ? balance(images, groups, options, notes) : images;
  return {
    images: chosen,
    decision,
    groupings: groups,
    labelSource: labels.source,
    problems: lost,
    notes,
  };
}

function withoutClass(
  name: string,
  label: string | undefined,
  { classes }: Decision,
  attribute: string,
): Problem {
  return label === undefined
    ? new Problem(name, `is unlabelled: its ${attribute} is not known`, 'complete its labels')
    : new Problem(
        name,
        `its ${attribute} "${label}" is no class of the model`,
        `the classes are ${classes.join(', ')}; say which one it means with --map ${label}=CLASS`,
      );
}

/** The same number from every crossing of the truth and all groupings. */
function balance(
  images: readonly LabelledImage[],
  groupings: readonly Grouping[],
  options: StudyImagesOptions,
  notes: string[],
): LabelledImage[] {
  const cells = new Map<string, string[]>();
  for (const { name, truth, labels } of images) {
    // Crossings are made of groupings that are there alone as well, or bring their own columns.
    const parts = groupings.map((grouping) => groupOf(grouping, labels, options.ageWidth));
    if (parts.includes(undefined)) continue;
    const cell = [truth, ...parts].join(' | ');
    cells.set(cell, [...(cells.get(cell) ?? []), name]);
  }
  if (cells.size === 0) throw new Problem('--balanced', 'no image is in a group of every grouping');
  const { names, each } = balancedSample(cells, options);
  if (each === 0) {
    throw new Problem(
      `--limit ${options.limit}`,
      `is less than the ${cells.size} groups that are balanced`,
      'raise it, or group by less',
    );
  }
  notes.push(`balanced: ${each} images from each of ${cells.size} groups`);
  const taken = new Set(names);
  return images.filter(({ name }) => taken.has(name));
}
