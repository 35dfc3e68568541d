import type { Card } from '../../src/model/card.js';

/** A card of a small PAD network with logits [spoof, live], to vary in tests. */
export const padCard: Card = {
  name: 'test-pad',
  task: 'pad',
  input: {
    name: 'input',
    width: 80,
    height: 80,
    layout: 'NCHW',
    channels: 'BGR',
    mean: [0],
    std: [1],
    crop: { kind: 'box', scale: 2.7, square: false, border: 'shift' },
    resize: 'linear',
  },
  outputs: { logits: { kind: 'logits', classes: ['spoof', 'live'] } },
  bonaFide: 'live',
};
