import { basename, extname } from 'node:path';
import type { Card } from '../../../model/card.js';
import type { Decision } from '../../../train/decision.js';
import { scoresName } from '../../../train/heads/attach-head.js';
import type { TrainingData } from '../training-data.js';
import type { Backbone } from './backbone.js';
import type { HeadOptions } from './head-options.js';

/** The card of a backbone with its head. */
export function headCard(
  options: HeadOptions,
  backbone: Backbone,
  decision: Decision,
  data: TrainingData,
): Card {
  const { card, input, inputName, tensor } = backbone;
  const { classes } = decision;
  return {
    name: basename(options.output, extname(options.output)),
    task: options.task,
    input: { ...input, name: inputName },
    outputs:
      decision.outputs === 1
        ? { [scoresName.two]: { kind: 'probability', class: classes[0], other: classes[1] } }
        : { [scoresName.more]: { kind: 'probabilities', classes: [...classes] } },
    ...(options.bonaFide === undefined ? {} : { bonaFide: options.bonaFide }),
    ...(card.licence === undefined ? {} : { licence: card.licence }),
    notes: [
      `A head (${options.recipe}) trained by \`faceprobe train head\` on "${tensor}" of ${card.name} (SHA-256 ${backbone.sha256}), which was not changed.`,
      `Learned from ${data.people.train} people, chosen on ${data.people.validation}, measured on ${data.people.test}; nobody is in two of these splits. Seed ${options.seed}.`,
    ],
  };
}
