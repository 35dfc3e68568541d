import type { CardInput } from '../../model/card.js';
import {
  borderChoices,
  colourChoices,
  cropChoices,
  type CropHabit,
  type Preprocessing,
  preprocessingName,
  resizeChoices,
  unusualness,
} from '../../model/doctor/candidates.js';
import { preprocessingOf, type Variant, variantKey } from './variant.js';

/** What decides which variants there are. */
export interface SearchSpace {
  readonly channels: 1 | 3;
  /** The graph normalises by itself. */
  readonly raw: boolean;
  readonly habit: CropHabit;
  /** Whether faces are found; without them only whole images can be tried. */
  readonly faces: boolean;
  readonly card: CardInput | undefined;
}

/** Crops of the first stage, which tries every channel order and range on them. */
const firstCrops = ['whole', 'ArcFace', 'box x 1.0, black', 'box x 1.5, black', 'box x 2.7, shift'];

/** Channel orders and ranges that the second stage tries on every crop. */
const secondColours = 3;

/** The first stage: every channel order and range on a few crops, and the user's card. */
export function firstStage(space: SearchSpace): Variant[] {
  const crops = cropsOf(space).filter(
    (crop) => firstCrops.includes(crop.name) || crop.name === 'of the card',
  );
  const own = space.card === undefined ? [] : [preprocessingOf(space.card)];
  return variants(space, [
    ...own,
    ...crops.flatMap((crop) =>
      coloursOf(space).map((colour) => ({ ...colour, crop: crop.value, resize: own[0]?.resize ?? 'linear' })),
    ),
  ]);
}

/** The second stage: every crop with the best channel orders and ranges, given the variants so far, best first. */
export function secondStage(space: SearchSpace, ranked: readonly Variant[]): Variant[] {
  const colours = new Map<string, Preprocessing>();
  for (const { preprocessing } of ranked) {
    const { channels, mean, std } = preprocessing;
    const key = JSON.stringify([channels, mean, std]);
    if (colours.size < secondColours && !colours.has(key)) colours.set(key, preprocessing);
  }
  return variants(
    space,
    cropsOf(space).flatMap((crop) =>
      [...colours.values()].map((colour) => ({ ...colour, crop: crop.value })),
    ),
  );
}

/** The third stage: everything that differs from the leader in one thing. */
export function thirdStage(space: SearchSpace, { preprocessing }: Variant): Variant[] {
  return variants(space, [
    ...coloursOf(space).map((colour) => ({ ...preprocessing, ...colour })),
    ...cropsOf(space).map(({ value }) => ({ ...preprocessing, crop: value })),
    ...borderChoices(preprocessing.crop).map(({ value }) => ({ ...preprocessing, crop: value })),
    ...resizeChoices.map(({ value }) => ({ ...preprocessing, resize: value })),
  ]);
}

function coloursOf({ channels, raw, card }: SearchSpace) {
  const own = card === undefined ? [] : [{ channels: card.channels, mean: card.mean, std: card.std }];
  return [...own, ...colourChoices(channels, raw).map(({ value }) => value)];
}

function cropsOf({ habit, faces, card }: SearchSpace) {
  const own = card === undefined ? [] : [{ name: 'of the card', value: card.crop }];
  return [...own, ...cropChoices(habit)].filter(({ value }) => faces || value.kind === 'whole');
}

function variants(space: SearchSpace, preprocessings: readonly Preprocessing[]): Variant[] {
  const known = new Map(preprocessings.map((preprocessing) => [variantKey(preprocessing), preprocessing]));
  return Array.from(known.values(), (preprocessing) => ({
    name: preprocessingName(preprocessing),
    preprocessing,
    unusual: unusualness(preprocessing, space),
  }));
}
