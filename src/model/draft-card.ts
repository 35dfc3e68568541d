import { Problem } from '../problem.js';
import { channelCount } from './card.js';
import type { Card, CardInput, CardOutput } from './card.js';
import type { GraphInfo, GraphValue } from './session.js';

/** Length from which a vector is taken for an embedding rather than for the scores of classes. */
const shortestEmbedding = 64;

/**
 * A card to start from, for a network that has none. Names, sizes and layout are the graph's; everything that the graph
 * does not say is a guess, and `notes` says so. The draft is a valid card that fits the graph, not a right one.
 * @param name of the model.
 * @throws {Problem} where no input of the graph takes gray or colour images.
 */
export function draftCard(name: string, graph: GraphInfo): Card {
  const image = graph.inputs.find(({ shape }) => shape.length === 4);
  if (image === undefined) {
    throw new Problem(name, 'no input has the four axes of a batch of images, so no card can describe it');
  }
  const input = draftInput(image);
  const channels = image.shape[input.layout === 'NCHW' ? 1 : 3];
  if (typeof channels === 'number' && channels !== channelCount(input)) {
    throw new Problem(name, `takes images of ${channels} channels; a card describes gray or colour images`);
  }
  const outputs = Object.fromEntries(graph.outputs.map((value) => [value.name, draftOutput(value)]));
  const kinds = Object.values(outputs).map(({ kind }) => kind);
  return {
    name,
    task: kinds.includes('embedding') ? 'verification' : 'attribute',
    input,
    outputs,
    notes: [
      'DRAFT by `faceprobe models inspect`: task, channels, mean, std, crop, resize and the meaning of the outputs are ' +
        'guesses. Take them from the code that the model was trained with, name the classes in the order of the last ' +
        'axis, and for PAD or MAD say with bonaFide which class is bona fide.',
    ],
  };
}

function draftInput({ name, shape }: GraphValue): CardInput {
  const [, second, third, fourth] = shape;
  const isChannels = (length: number | string) => length === 1 || length === 3;
  const layout = !isChannels(second) && isChannels(fourth) ? 'NHWC' : 'NCHW';
  const [channels, height, width] = layout === 'NCHW' ? [second, third, fourth] : [fourth, second, third];
  const fixed = (length: number | string) => (typeof length === 'number' ? length : null);
  return {
    name,
    width: fixed(width),
    height: fixed(height),
    layout,
    channels: channels === 1 ? 'gray' : 'RGB',
    mean: [127.5],
    std: [127.5],
    crop: { kind: 'box', scale: 1, square: true, border: 'black' },
    resize: 'linear',
  };
}

function draftOutput({ name, shape }: GraphValue): CardOutput {
  const length = shape.length === 2 ? shape[1] : undefined;
  if (typeof length !== 'number') return { kind: 'other', meaning: 'say what it is' };
  if (length >= shortestEmbedding) return { kind: 'embedding', normalised: false };
  if (length === 1) return { kind: 'regression', quantity: name, unit: 'say which' };
  return { kind: 'logits', classes: Array.from({ length }, (_, i) => `${name}_class_${i}`) };
}
