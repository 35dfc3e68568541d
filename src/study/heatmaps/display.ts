import { divergingColourMapNames } from '../../image/colour-map/colour-map.js';
import { type ColourScale, rangeScale, symmetricScale } from '../../image/colour-map/colour-scale.js';
import type { ClassLabels } from '../occlusion/class-labels.js';
import { displayedValue, type HeatMapMode } from '../occlusion/heat-map-mode.js';

/** What the colours of a run's figures stand for. Plain data. */
export interface DisplayRequest {
  readonly mode: HeatMapMode;
  readonly colormap: string;
  readonly labels: ClassLabels;
  /** Whether all scores lie in [0, 1], so that they may be called probabilities. */
  readonly probabilities: boolean;
  readonly compat?: 'upstream' | undefined;
}

/** How values are drawn and what that is called. */
export interface Display {
  /** Signed differences are drawn, 0 in the middle of a diverging colour map. */
  readonly signed: boolean;
  /** What is drawn of a raw value. */
  readonly value: (raw: number) => number;
  /** The true range of what is drawn. */
  readonly scale: (drawn: Iterable<number>) => ColourScale;
  /** What the score is, in a few words: `P(bona fide)`. */
  readonly score: string;
  /** The label of the colour bar. */
  readonly label: string;
}

export function displayOf({ mode, colormap, labels, probabilities, compat }: DisplayRequest): Display {
  const diverging = divergingColourMapNames.includes(colormap.replace(/_r$/, ''));
  const signed = mode === 'diff' && diverging && compat !== 'upstream';
  const score = probabilities ? `P(${labels.one})` : `score of ${labels.one}`;
  const ends = probabilities
    ? `0 = ${labels.zero}, 1 = ${labels.one}`
    : `lower = ${labels.zero}, higher = ${labels.one}`;
  return {
    signed,
    value: (raw) => (signed ? raw : displayedValue(raw, mode)),
    scale: signed ? symmetricScale : rangeScale,
    score,
    label:
      mode === 'occluded'
        ? `${score} when hidden (${ends})`
        : signed
          ? `fall of ${score} when hidden (below 0: it rises)`
          : `change of ${score} when hidden`,
  };
}
