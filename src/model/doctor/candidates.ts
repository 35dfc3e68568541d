import type { CardInput } from '../card.js';

/** A way to make a network's input out of a photograph: what a card says beside names and sizes. */
export type Preprocessing = Pick<CardInput, 'channels' | 'mean' | 'std' | 'crop' | 'resize'>;

/** One level of an axis of the search, with the place that convention gives it: 0 is what to expect first. */
export interface Choice<Value> {
  readonly name: string;
  readonly value: Value;
  readonly unusual: number;
}

type Colour = Pick<CardInput, 'channels' | 'mean' | 'std'>;
type Crop = CardInput['crop'];
type BoxCrop = Extract<Crop, { kind: 'box' }>;

/** Mean and standard deviation of ImageNet (torchvision) in the units of 8-bit samples, R, G, B. */
const imageNet = { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375] };
const swapped = { mean: imageNet.mean.toReversed(), std: imageNet.std.toReversed() };

/** What every range does to samples, the most usual first. */
const ranges: readonly Choice<Omit<Colour, 'channels'>>[] = [
  { name: '-1..1', value: { mean: [127.5], std: [127.5] }, unusual: 0 },
  { name: '0..1', value: { mean: [0], std: [255] }, unusual: 1 },
  { name: '0..255', value: { mean: [0], std: [1] }, unusual: 2 },
  { name: '(x - 127.5) / 128', value: { mean: [127.5], std: [128] }, unusual: 3 },
];

/**
 * The usual channel orders and ranges.
 * @param channels of the network's input.
 * @param raw whether the graph normalises inside: then samples 0..255 come first.
 */
export function colourChoices(channels: 1 | 3, raw: boolean): Choice<Colour>[] {
  const usual = ranges.map((range) => (raw && range.name === '0..255' ? { ...range, unusual: -1 } : range));
  const with_ = (order: Colour['channels'], extra: number): Choice<Colour>[] =>
    usual.map(({ name, value, unusual }) => ({
      name: `${order} ${name}`,
      value: { channels: order, ...value },
      unusual: unusual + extra,
    }));
  if (channels === 1) return with_('gray', 0);
  return [
    ...with_('RGB', 0),
    { name: 'RGB ImageNet', value: { channels: 'RGB', ...imageNet }, unusual: 1.5 },
    ...with_('BGR', 1),
    { name: 'BGR ImageNet', value: { channels: 'BGR', ...swapped }, unusual: 2.5 },
    // The mean of R stands where B is: a slip of many ports, which a few published networks were trained with.
    { name: "BGR ImageNet in RGB's order", value: { channels: 'BGR', ...imageNet }, unusual: 5 },
  ];
}

/** What a network is for, as far as it decides which crops are usual. */
export type CropHabit = 'verification' | 'pad' | 'attribute';

/**
 * How often the box may be enlarged, the most usual first: recognisers and classifiers of attributes see the face alone,
 * detectors of attacks what is around it too. 2.7 and 4.0 are those of Silent-Face-Anti-Spoofing.
 */
const scales: Readonly<Record<CropHabit, readonly number[]>> = {
  verification: [1, 1.2, 1.5, 2, 2.7, 4],
  attribute: [1, 1.2, 1.5, 2, 2.7, 4],
  pad: [1.5, 2.7, 1.2, 2, 1, 4],
};

/**
 * The usual crops. Boxes that are enlarged much are moved back inside the photograph, as Silent-Face-Anti-Spoofing does;
 * the others are filled with black.
 */
export function cropChoices(habit: CropHabit): Choice<Crop>[] {
  const boxes = [true, false].flatMap((square) =>
    scales[habit].map((scale, i): Choice<Crop> => {
      const value: BoxCrop = { kind: 'box', scale, square, border: scale < 2 ? 'black' : 'shift' };
      return { name: cropName(value), value, unusual: i + (square ? 1 : 1.5) };
    }),
  );
  return [
    {
      name: 'ArcFace',
      value: { kind: 'template', template: 'arcface' },
      unusual: habit === 'verification' ? 0 : 5,
    },
    { name: 'whole', value: { kind: 'whole' }, unusual: 3 },
    ...boxes,
  ];
}

/** What stands where a box reaches over the border, for boxes that are otherwise the same. */
export function borderChoices(crop: Crop): Choice<Crop>[] {
  if (crop.kind !== 'box') return [];
  return (['black', 'shift', 'reflect', 'replicate', 'clip'] as const).map((border, unusual) => {
    const value = { ...crop, border };
    return { name: cropName(value), value, unusual };
  });
}

export const resizeChoices: readonly Choice<CardInput['resize']>[] = (
  ['linear', 'area-or-lanczos4', 'cubic'] as const
).map((value, unusual) => ({ name: value, value, unusual }));

/** A crop in a few words: `box x 1.5`, `box x 2.7 not squared, shift`. */
export function cropName(crop: Crop): string {
  if (crop.kind === 'whole') return 'whole';
  if (crop.kind === 'template') return 'ArcFace';
  return `box x ${crop.scale.toFixed(1)}${crop.square ? '' : ' not squared'}, ${crop.border}`;
}

/** Channel order and range in a few words. */
export function colourName({ channels, mean, std }: Colour): string {
  const same = (a: readonly number[], b: readonly number[]) =>
    a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) < 0.51);
  const known = colourChoices(channels === 'gray' ? 1 : 3, false).find(
    ({ value }) =>
      value.channels === channels &&
      same(value.mean, mean) &&
      value.std.length === std.length &&
      value.std.every((each, i) => Math.abs(each / std[i] - 1) < 1e-3),
  );
  return known?.name ?? `${channels} (x - ${mean.join(', ')}) / ${std.join(', ')}`;
}

/** A preprocessing in a few words. */
export function preprocessingName(preprocessing: Preprocessing): string {
  const { crop, resize } = preprocessing;
  return `${colourName(preprocessing)}; ${cropName(crop)}${resize === 'linear' ? '' : `; ${resize}`}`;
}

/** How unusual a preprocessing is: the sum over its axes; larger is further from what one would expect first. */
export function unusualness(
  preprocessing: Preprocessing,
  { raw, habit }: { raw: boolean; habit: CropHabit },
): number {
  const { channels, crop, resize } = preprocessing;
  const colour = colourChoices(channels === 'gray' ? 1 : 3, raw).find(
    ({ name }) => name === colourName(preprocessing),
  );
  const region = cropChoices(habit).find(({ value }) => plainCrop(value) === plainCrop(crop));
  const standard = region === undefined || JSON.stringify(region.value) === JSON.stringify(crop);
  return (
    (colour?.unusual ?? 6) +
    (region?.unusual ?? 6) +
    (standard ? 0 : 0.5) +
    (resizeChoices.find(({ value }) => value === resize)?.unusual ?? 3) / 2
  );
}

/** The crop without its border. */
function plainCrop(crop: Crop): string {
  return crop.kind === 'box' ? `${crop.scale} ${crop.square}` : crop.kind;
}
