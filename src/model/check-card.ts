import { Problem } from '../problem.js';
import { channelCount, classNames } from './card.js';
import type { Card, CardInput, CardOutput } from './card.js';
import type { GraphInfo, GraphValue } from './session.js';

/**
 * Checks that a card speaks of the graph that it belongs to: the names exist and the shapes agree.
 * @param source the card's file or the model's name, for messages.
 * @throws Problem that names the card's field and what the graph has.
 */
export function checkCard(card: Card, graph: GraphInfo, source: string): void {
  const fail = (field: string, why: string, remedy: string): never => {
    throw new Problem(source, `the card's ${field} ${why}`, remedy);
  };

  const input = cardInput(card, graph, source);
  if (input.type !== 'float32') {
    fail('input', `names "${input.name}", which takes ${input.type}`, 'only float32 inputs are supported');
  }
  for (const [axis, expected] of expectedAxes(card.input)) {
    const actual = input.shape[axis.position];
    if (input.shape.length !== 4) {
      fail(
        'input.layout',
        `is ${card.input.layout}, but the graph's "${describe(input)}" has not four axes`,
        'use a network that takes images',
      );
    }
    if (typeof actual === 'number' && actual !== expected) {
      const said = expected ?? 'free (null)';
      fail(
        `input.${axis.field}`,
        `makes the ${axis.name} ${said}, but the graph takes ${describe(input)}`,
        'correct the card',
      );
    }
  }

  for (const [name, output] of Object.entries(card.outputs)) {
    const value = graph.outputs.find((candidate) => candidate.name === name);
    if (value === undefined) {
      fail(
        `outputs.${name}`,
        'is not an output of the graph',
        `the graph's outputs are ${graph.outputs.map(describe).join(', ')}`,
      );
    }
    if (output.kind === 'map') {
      const wrong = wrongMap(output.channels.length, card.input.layout, value!);
      if (wrong !== undefined) fail(`outputs.${name}`, wrong, 'name the channels of the map in their order');
      continue;
    }
    const last = value!.shape.at(-1);
    const expected = lastAxis(output);
    if (expected > 0 && value!.shape.length > 1 && typeof last === 'number' && last !== expected) {
      fail(
        `outputs.${name}`,
        `is of kind ${output.kind} with ${expected} value(s), but the graph gives ${describe(value!)}`,
        'name one for each value of the last axis, in its order',
      );
    }
  }
}

/** How many values the last axis of an output has; 0 where the card does not say. */
function lastAxis(output: CardOutput): number {
  if (output.kind === 'probability' || output.kind === 'regression') return 1;
  return output.kind === 'attributes' ? output.names.length : classNames(output).length;
}

function wrongMap(channels: number, layout: CardInput['layout'], value: GraphValue): string | undefined {
  const { shape } = value;
  if (shape.length === 3 && channels === 1) return undefined;
  if (shape.length !== 4) return `is of kind map, but the graph gives ${describe(value)}`;
  const own = shape[layout === 'NCHW' ? 1 : 3];
  if (typeof own !== 'number' || own === channels) return undefined;
  return `is a map of ${channels} channel(s), but the graph gives ${describe(value)}`;
}

/**
 * The graph input that the card describes.
 * @throws Problem where the card names none of the graph's, or names none and the graph has several.
 */
export function cardInput(card: Card, graph: GraphInfo, source: string): GraphValue {
  const names = graph.inputs.map(describe).join(', ');
  const wanted = card.input.name;
  if (wanted === undefined && graph.inputs.length !== 1) {
    throw new Problem(
      source,
      `the card's input.name is missing, and the graph has ${graph.inputs.length} inputs`,
      `name one of ${names}`,
    );
  }
  const input = wanted === undefined ? graph.inputs[0] : graph.inputs.find(({ name }) => name === wanted);
  if (input === undefined) {
    throw new Problem(
      source,
      `the card's input.name "${wanted}" is not an input of the graph`,
      `the graph's inputs are ${names}`,
    );
  }
  return input;
}

interface Axis {
  position: number;
  name: string;
  field: string;
}

function expectedAxes(input: CardInput): [Axis, number | null][] {
  const [channel, height, width] = input.layout === 'NCHW' ? [1, 2, 3] : [3, 1, 2];
  return [
    [{ position: channel, name: 'channels', field: 'channels' }, channelCount(input)],
    [{ position: height, name: 'height', field: 'height' }, input.height],
    [{ position: width, name: 'width', field: 'width' }, input.width],
  ];
}

/** `name [1, 3, 112, 112]`, with `?` for a free axis. */
export function describe({ name, shape }: GraphValue): string {
  return `${name} [${shape.map((length) => (typeof length === 'number' ? length : length || '?')).join(', ')}]`;
}
