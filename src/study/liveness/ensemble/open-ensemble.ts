import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fileProblem } from '../../../dataset/file-problem.js';
import type { Fusion } from '../../../measure/fusion/fusion.js';
import type { FusedMember } from '../../../measure/fusion/fuse-scores.js';
import type { LogisticFusion } from '../../../measure/fusion/logistic-fusion.js';
import type { Card } from '../../../model/card.js';
import { Problem } from '../../../problem.js';
import { describeModel } from '../../describe-model.js';
import type { EnsembleDescription, MemberDescription } from './ensemble.js';
import { firstIssue } from './read-ensemble.js';

/** A member whose model was found and whose card says what is bona fide. Plain data. */
export interface Member extends FusedMember {
  readonly reference: string;
  readonly card: Card;
  readonly sha256: string;
  /** The kinds of attack that it is meant to find; empty where nobody says. */
  readonly guards: readonly string[];
}

/** An ensemble that is ready to be run in worker threads. Plain data. */
export interface Ensemble {
  readonly fusion: Fusion;
  /** A fused P(attack) above it is an attack. */
  readonly threshold: number;
  readonly logistic: LogisticFusion | undefined;
  readonly members: readonly Member[];
}

/** A PAD threshold that nobody stated. */
const defaultThreshold = 0.5;

/**
 * Finds the models of an ensemble and checks that it can be fused. The fusion of several members must be said; that of one
 * is `mean`, which changes nothing.
 *
 * @throws Problem where a model or card is not to be had, a card does not say which class is bona fide, or the fusion lacks
 *   what it needs.
 */
export async function openEnsemble(description: EnsembleDescription): Promise<Ensemble> {
  const members: Member[] = [];
  for (const member of description.members) {
    const { card, sha256 } = await describeModel(member.model, member.card);
    requirePolarity(member, card);
    members.push({
      name: member.name ?? card.name,
      reference: member.model,
      card,
      sha256,
      guards: member.guards ?? [],
      weight: member.weight ?? 1,
      threshold: member.threshold ?? defaultThreshold,
    });
  }
  const names = members.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new Problem('ensemble', `has two members called ${twice}`, 'give one another name with :name=');
  }
  const { fusion } = description;
  if (fusion === undefined && members.length > 1) {
    throw new Problem(
      'ensemble',
      `has ${members.length} members, and nothing says how they are fused`,
      'add --fusion any, mean, weighted, max or logistic',
    );
  }
  if (fusion === 'any') requireGuards(description, members);
  return {
    fusion: fusion ?? 'mean',
    // One member alone is fused with nothing, so its own threshold is the ensemble's.
    threshold: description.threshold ?? (members.length === 1 ? members[0].threshold : defaultThreshold),
    logistic: fusion === 'logistic' ? await readFit(description.fit, names) : undefined,
    members,
  };
}

function requirePolarity({ model }: MemberDescription, card: Card): void {
  if (card.bonaFide !== undefined) return;
  throw new Problem(
    model,
    `its card (${card.name}) does not say which class is bona fide, so P(attack) has no meaning`,
    'add "bonaFide" with the name of the class to the card',
  );
}

function requireGuards({ threshold }: EnsembleDescription, members: readonly Member[]): void {
  const silent = members.find(({ guards }) => guards.length === 0);
  if (silent !== undefined) {
    throw new Problem(
      silent.name,
      'does not say which attacks it guards against, as every member must for the fusion any',
      `add :guards=print+replay (or what it is made for) to the member`,
    );
  }
  if (threshold !== undefined) {
    throw new Problem(
      'ensemble',
      'has a threshold of its own, but with the fusion any each member decides at its own',
      'give each member a :threshold= instead',
    );
  }
}

const fitSchema = z.object({
  offset: z.number(),
  slopes: z.record(z.string(), z.number()),
  limit: z.number().gt(0).lt(0.5),
});

async function readFit(file: string | undefined, names: readonly string[]): Promise<LogisticFusion> {
  if (file === undefined) {
    throw new Problem(
      'ensemble',
      'the fusion logistic needs what was learned',
      'learn it with `faceprobe liveness fuse` and give the file with --fit',
    );
  }
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileProblem(error, file);
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new Problem(file, `is not JSON: ${(error as Error).message}`);
  }
  const parsed = fitSchema.safeParse(content);
  if (!parsed.success) throw new Problem(file, `is no fitted fusion: ${firstIssue(parsed.error)}`);
  const learned = Object.keys(parsed.data.slopes);
  const missing = [
    ...names.filter((name) => !learned.includes(name)),
    ...learned.filter((name) => !names.includes(name)),
  ];
  if (missing.length > 0) {
    throw new Problem(
      file,
      `was learned for ${learned.join(', ')}, but the ensemble has ${names.join(', ')}`,
      'fuse the members that it was learned from',
    );
  }
  return parsed.data;
}
