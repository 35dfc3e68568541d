import { z } from 'zod';

/** What the network is for. */
export const taskSchema = z.enum(['verification', 'pad', 'mad', 'attribute', 'detection', 'landmarks']);

/**
 * Which part of a photograph the network wants to see.
 * - `whole`: the image as it is.
 * - `box`: the detected box, made square about its centre where `square` says so (side: the longer one), then
 *   enlarged `scale` times. What reaches over the border is filled (`black`, `reflect`: OpenCV's BORDER_REFLECT_101,
 *   `replicate`), moved back inside (`shift`), or cut off (`clip`).
 * - `template`: a similarity transform that takes five landmarks to a template, black outside. `arcface` is the
 *   112x112 template of InsightFace, scaled to the input size.
 */
const crop = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole') }),
  z.strictObject({
    kind: z.literal('box'),
    scale: z.number().positive(),
    square: z.boolean(),
    border: z.enum(['black', 'reflect', 'replicate', 'shift', 'clip']),
  }),
  z.strictObject({ kind: z.literal('template'), template: z.enum(['arcface']) }),
]);

/**
 * How an image becomes the network's input: crop, resize, channel order, then `(sample - mean) / std` with `mean` and
 * `std` in the units of 8-bit samples (0..255), one value for all channels or one a channel in the order of `channels`.
 */
const input = z.strictObject({
  /** The graph's input; may be left out where the graph has only one. */
  name: z.string().optional(),
  /** Pixels; `null` where the network takes any size. */
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  layout: z.enum(['NCHW', 'NHWC']),
  channels: z.enum(['RGB', 'BGR', 'gray']),
  mean: z.array(z.number()).min(1).max(3),
  std: z.array(z.number().positive()).min(1).max(3),
  crop,
  /** OpenCV's interpolation; `area-or-lanczos4` shrinks by area and enlarges by Lanczos. */
  resize: z.enum(['nearest', 'linear', 'cubic', 'area', 'lanczos4', 'area-or-lanczos4']),
});

/** What one output tensor means. The class names are in the order of the tensor's last axis. */
const output = z.discriminatedUnion('kind', [
  /** A feature vector; compared by cosine. `normalised`: the network already divides by the length. */
  z.strictObject({ kind: z.literal('embedding'), normalised: z.boolean() }),
  /** Scores before softmax. */
  z.strictObject({ kind: z.literal('logits'), classes: z.array(z.string()).min(2) }),
  /** Scores after softmax; they add up to 1. */
  z.strictObject({ kind: z.literal('probabilities'), classes: z.array(z.string()).min(2) }),
  /** One number in 0..1: the probability of `class` (after sigmoid). `other` names the opposite. */
  z.strictObject({ kind: z.literal('probability'), class: z.string(), other: z.string() }),
  /** One number in the given unit, such as years. */
  z.strictObject({ kind: z.literal('regression'), quantity: z.string(), unit: z.string() }),
  /**
   * Properties that are there or not, each by itself (the 40 attributes of CelebA), in the order of the last axis.
   * `activation`: what makes their probabilities out of the values (`none` where the network does).
   */
  z.strictObject({
    kind: z.literal('attributes'),
    names: z.array(z.string()).min(1),
    activation: z.enum(['none', 'sigmoid']),
  }),
  /**
   * A map over the input, such as depth or reflection: [batch, channels, height, width] in an NCHW card, [batch, height,
   * width, channels] in an NHWC card, or [batch, height, width] of one channel. `channels` names them in their order;
   * `activation` as for attributes.
   */
  z.strictObject({
    kind: z.literal('map'),
    meaning: z.string(),
    channels: z.array(z.string()).min(1),
    activation: z.enum(['none', 'sigmoid']),
  }),
  /** Anything else, in words (boxes, landmarks). */
  z.strictObject({ kind: z.literal('other'), meaning: z.string() }),
]);

/**
 * A model's card: what goes in and what each output means. Everything that faceprobe needs to know about a network and
 * that its file does not say. Written as JSON beside a user's model (`model.card.json`) or given with `--card`.
 */
export const cardSchema = z
  .strictObject({
    name: z.string().min(1),
    task: taskSchema,
    input,
    /** Meaning of each graph output, by its name in the graph. Outputs that are left out are not computed. */
    outputs: z
      .record(z.string(), output)
      .refine((outputs) => Object.keys(outputs).length > 0, 'must describe at least one output'),
    /** The class that counts as bona fide (live, genuine): a class name of the outputs, never an index. PAD and MAD. */
    bonaFide: z.string().optional(),
    /** SPDX identifier or a name. */
    licence: z.string().optional(),
    /** Where the weights come from and what was checked about the preprocessing. */
    notes: z.array(z.string()).optional(),
  })
  .superRefine((card, context) => {
    const report = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const channels = channelCount(card.input);
    for (const field of ['mean', 'std'] as const) {
      const { length } = card.input[field];
      if (length !== 1 && length !== channels) {
        report(
          ['input', field],
          `has ${length} values; give one, or one for each of the ${channels} channel(s)`,
        );
      }
    }
    const classes = Object.values(card.outputs).flatMap(classNames);
    const twice = classes.find((name, index) => classes.indexOf(name) !== index);
    if (twice !== undefined)
      report(['outputs'], `the class name "${twice}" occurs twice; a class is found by its name`);
    for (const [name, each] of Object.entries(card.outputs)) {
      const names = each.kind === 'attributes' ? each.names : each.kind === 'map' ? each.channels : [];
      const again = names.find((own, index) => names.indexOf(own) !== index);
      if (again !== undefined) report(['outputs', name], `names "${again}" twice`);
    }
    const known =
      classes.length === 0 ? 'the outputs have no classes' : `the classes are ${classes.join(', ')}`;
    if (card.bonaFide !== undefined && !classes.includes(card.bonaFide)) {
      report(['bonaFide'], `"${card.bonaFide}" is not a class of the outputs: ${known}`);
    }
    if ((card.task === 'pad' || card.task === 'mad') && card.bonaFide === undefined) {
      report(['bonaFide'], `is missing: name the class that is bona fide (${known})`);
    }
    if (
      card.task === 'verification' &&
      !Object.values(card.outputs).some(({ kind }) => kind === 'embedding')
    ) {
      report(['outputs'], 'a verification model needs an output of kind embedding');
    }
  });

export type Card = z.infer<typeof cardSchema>;
export type CardInput = Card['input'];
export type CardOutput = Card['outputs'][string];

/** Channels of the network's input: 1 or 3. */
export function channelCount(input: Pick<CardInput, 'channels'>): 1 | 3 {
  return input.channels === 'gray' ? 1 : 3;
}

/** The class names of an output, in the order of its last axis; none where it is not a classification. */
export function classNames(output: CardOutput): readonly string[] {
  switch (output.kind) {
    case 'logits':
    case 'probabilities':
      return output.classes;
    case 'probability':
      return [output.class, output.other];
    default:
      return [];
  }
}
