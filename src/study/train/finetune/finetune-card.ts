import { basename, extname } from 'node:path';
import type { Card } from '../../../model/card.js';
import type { TrainingData } from '../training-data.js';
import type { FinetuneOptions } from './finetune-options.js';
import type { Network } from './network.js';

/** The card of a network that was trained further. */
export function finetuneCard(options: FinetuneOptions, { card, sha256 }: Network, data: TrainingData): Card {
  return {
    ...card,
    name: basename(options.output, extname(options.output)),
    notes: [
      ...(card.notes ?? []),
      `Fine-tuned by \`faceprobe train finetune\` from ${card.name} (SHA-256 ${sha256}): learned from ${data.people.train} people, chosen on ${data.people.validation}, measured on ${data.people.test}; nobody is in two of these splits. Seed ${options.seed}. What the notes above say was measured before.`,
    ],
  };
}
