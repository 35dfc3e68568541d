import type { Interval } from '../../measure/interval.js';
import type { Card } from '../../model/card.js';
import type { Preprocessing } from '../../model/doctor/candidates.js';
import type { GraphFacts } from './graph-facts.js';

/** A measure with its 95 % interval; `null` where the samples are too few for one, or show no spread. */
export interface Measured {
  readonly value: number;
  readonly interval: Interval | null;
}

/** One variant in the ranking. */
export interface RankingRow {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  /** How far from convention it is; 0 is what one would expect first. */
  readonly unusual: number;
  /** AUC (classes) or EER (pairs). */
  readonly first: Measured;
  /** Share of right decisions, mean over the classes (classes), or d' (pairs). */
  readonly second: Measured;
  /** For classes: the output of each label. */
  readonly order: readonly number[] | null;
  readonly chosen: boolean;
  readonly card: boolean;
  /** `tie`: the samples do not show that it is worse than the chosen one; else the measure in which they do. */
  readonly verdict: 'chosen' | 'tie' | 'worse' | 'decides worse';
}

/** What changing one thing of the chosen preprocessing does. */
export interface AxisRow {
  readonly axis: 'channel order' | 'range' | 'crop' | 'border' | 'resize';
  readonly instead: string;
  /** How much better the chosen one is in each measure, below 0 where it is worse. */
  readonly first: Measured;
  readonly second: Measured;
  readonly verdict: RankingRow['verdict'];
}

export interface Answers {
  readonly kind: 'classes' | 'pairs';
  readonly source: string;
  readonly output: string;
  /** Images or pairs that were used, by label (`genuine` and `impostor` for pairs). */
  readonly counts: Readonly<Record<string, number>>;
  readonly images: number;
  readonly persons: number;
  readonly bonaFide: string | null;
  /** Images that could not be used, each with the reason. */
  readonly skipped: readonly { readonly image: string; readonly reason: string }[];
}

export type CardVerdict =
  /** Within one standard error of the best. */
  | 'as good as the best'
  /** The samples do not tell it from the best, but another one did better on them. */
  | 'not told from the best'
  | 'another one is better';

/** What the answers say about the preprocessing. */
export interface Diagnosis {
  readonly answers: Answers;
  readonly measures: readonly ['AUC' | 'macro AUC' | 'EER', 'right decisions' | "d'"];
  readonly tried: number;
  /** Best first. */
  readonly ranking: readonly RankingRow[];
  readonly axes: readonly AxisRow[];
  /** The first measure with the choice made on other persons. */
  readonly heldOut: (Measured & { readonly chosen: readonly string[] }) | null;
  /** Classes: the share of random labels under which the best variant looks as good. */
  readonly chance: number | null;
  /** Whether the samples show that anything was found at all. */
  readonly verdict: 'found' | 'cannot tell';
  readonly card: {
    readonly verdict: CardVerdict;
    /** Whether the order of the classes in the card is the one that was found with its own preprocessing. */
    readonly classes: 'agree' | 'contradict' | 'names differ' | null;
  } | null;
  /** The card that the answers speak for; `null` where nothing can be told. */
  readonly proposed: Card | null;
  /** What a reader must know: few samples, optimistic figures, images that were left out. */
  readonly notes: readonly string[];
}

export interface Findings {
  readonly model: { readonly reference: string; readonly file: string; readonly sha256: string };
  /** The card in force, and whether it fits the graph. */
  readonly card: { readonly source: string; readonly problem: string | null } | null;
  readonly graph: GraphFacts;
  /** `null` where neither images nor pairs were given. */
  readonly diagnosis: Diagnosis | null;
  readonly seed: number;
  readonly seconds: number;
}
