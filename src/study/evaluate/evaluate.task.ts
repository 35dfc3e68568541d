import { mkdir } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { join } from 'node:path';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import type { Task } from '../../jobs/task.js';
import { attackScores } from '../../measure/pad/attack-scores.js';
import { evaluateAttributes } from './attributes/evaluate-attributes.js';
import { readClassifiedImages } from './attributes/classified-images.js';
import { evaluateAttacks } from './attacks/evaluate-attacks.js';
import { readPresentations } from './attacks/presentations.js';
import { writeErrorCurves } from './error-curves.js';
import { errorNames } from './error-names.js';
import type { EvaluatedSystem, EvaluateRequest } from './evaluate-request.js';
import { fairnessRows } from './fairness-rows.js';
import type { ChosenThreshold, SystemEvaluation } from './system-evaluation.js';
import { attackThreshold, pairThreshold, ruleInWords } from './threshold-rule.js';
import { evaluatePairs, pairScores } from './verification/evaluate-pairs.js';
import { readPairs } from './verification/pairs.js';

export interface EvaluateTaskOptions {
  /** The folder of the run; each system has a folder in it. */
  readonly output: string;
  readonly request: EvaluateRequest;
}

/** Evaluates one score file after the other. */
export default function startEvaluating({
  output,
  request,
}: EvaluateTaskOptions): Task<EvaluatedSystem, SystemEvaluation> {
  return {
    async run(system) {
      const folder = join(output, system.name);
      await mkdir(folder, { recursive: true });
      switch (request.task) {
        case 'pad':
        case 'mad':
          return attackSystem(folder, system, request);
        case 'verification':
          return pairSystem(folder, system, request);
        case 'attribute':
          return attributeSystem(folder, system, request);
      }
    },
  };
}

async function attackSystem(
  folder: string,
  system: EvaluatedSystem,
  request: EvaluateRequest,
): Promise<SystemEvaluation> {
  const { file, development, withoutScore, name } = system;
  const { presentations, losses, notes } = await readPresentations(file, request, withoutScore);
  const scores = attackScores(presentations);
  const sign = request.scoreIs === 'attack' ? -1 : 1;
  const shown = (threshold: number) => sign * threshold;
  const rule =
    request.threshold.kind === 'given'
      ? { ...request.threshold, threshold: sign * request.threshold.threshold }
      : request.threshold;
  const chosenFrom =
    development === undefined
      ? scores
      : attackScores((await readPresentations(development, request)).presentations);
  const threshold = attackThreshold(chosenFrom, rule);

  await writeErrorCurves(
    folder,
    { genuine: scores.bonaFide, impostor: scores.attacks },
    errorNames(request.task),
    shown,
  );
  const decided = presentations.map(({ path, score, species, person, groups }) => ({
    path,
    actual: species === undefined ? 'bona fide' : 'attack',
    predicted: score >= threshold ? 'bona fide' : 'attack',
    score,
    species,
    person,
    groups,
  }));
  await writeDecisions(
    folder,
    decided.map(({ path, score, actual, predicted, species, person }) => ({
      path,
      score: Number.isNaN(score) ? '' : shown(score),
      label: actual,
      species,
      person,
      decision: Number.isNaN(score) ? 'none' : predicted,
      right: Number.isNaN(score) ? '' : actual === predicted,
    })),
  );
  const scored = decided.filter(({ score }) => !Number.isNaN(score));
  return {
    name,
    counts: {
      'bona fide': scores.bonaFide.length,
      ...Object.fromEntries(scores.species.map((own) => [own.name, own.scores.length])),
    },
    persons: personsOf(presentations),
    threshold: chosen(shown(threshold), request, development),
    rows: [
      ...evaluateAttacks(presentations, threshold, request, shown),
      ...request.groupBy.flatMap((key) =>
        fairnessRows(scored, key, {
          classes: ['bona fide', 'attack'],
          positives: ['bona fide'],
          seed: request.seed,
        }),
      ),
    ],
    losses,
    notes,
  };
}

async function pairSystem(
  folder: string,
  { name, file, development }: EvaluatedSystem,
  request: EvaluateRequest,
): Promise<SystemEvaluation> {
  const { pairs, personsKnown, losses, notes } = await readPairs(file, request);
  const scores = pairScores(pairs);
  const chosenFrom =
    development === undefined ? scores : pairScores((await readPairs(development, request)).pairs);
  const threshold = pairThreshold(chosenFrom, request.threshold);
  await writeErrorCurves(folder, scores, errorNames('verification'), (value) => value);
  await writeDecisions(
    folder,
    pairs.map(({ path, score, genuine, identities: [a, b] }) => ({
      path,
      score,
      label: genuine ? 'genuine' : 'impostor',
      ...(personsKnown ? { identity_a: a, identity_b: b } : {}),
      decision: score >= threshold ? 'match' : 'non-match',
      right: score >= threshold === genuine,
    })),
  );
  return {
    name,
    counts: { genuine: scores.genuine.length, impostor: scores.impostor.length },
    persons: personsKnown ? new Set(pairs.flatMap(({ identities }) => identities)).size : null,
    threshold: chosen(threshold, request, development),
    rows: evaluatePairs(pairs, threshold, personsKnown, request),
    losses,
    notes,
  };
}

async function attributeSystem(
  folder: string,
  { name, file }: EvaluatedSystem,
  request: EvaluateRequest,
): Promise<SystemEvaluation> {
  const { decisions, classes, losses, notes } = await readClassifiedImages(file, request);
  const { rows, matrix } = evaluateAttributes(decisions, classes, request);
  await writeDecisions(
    folder,
    decisions.map(({ path, actual, predicted, person }) => ({
      path,
      label: actual,
      person,
      decision: predicted,
      right: actual === predicted,
    })),
  );
  return {
    name,
    counts: Object.fromEntries(
      classes.map((own) => [own, decisions.filter(({ actual }) => actual === own).length]),
    ),
    persons: personsOf(decisions),
    threshold: null,
    rows,
    matrix,
    losses,
    notes,
  };
}

function chosen(
  value: number,
  { threshold }: EvaluateRequest,
  development: string | undefined,
): ChosenThreshold {
  return {
    value,
    rule: ruleInWords(threshold),
    chosenOn: threshold.kind === 'given' ? null : (development ?? null),
  };
}

/** Null where somebody is not known. */
function personsOf(images: readonly { readonly person?: string | undefined }[]): number | null {
  return images.every(({ person }) => person !== undefined)
    ? new Set(images.map(({ person }) => person)).size
    : null;
}

/** One row an image or pair: what it is, and what became of it. */
async function writeDecisions(
  folder: string,
  rows: readonly Readonly<Record<string, string | number | boolean | undefined>>[],
): Promise<void> {
  const text = stringify([...rows], { header: true, cast: { boolean: (value) => (value ? 'yes' : 'no') } });
  await writeFileAtomic(join(folder, 'decisions.csv'), text);
}
