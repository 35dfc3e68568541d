import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { Problem } from '../../problem.js';
import { limitedLogOdds, type LogisticFusion } from './logistic-fusion.js';

/** The scores of one presentation and what it really is. */
export interface LabelledScores {
  readonly attack: boolean;
  /** P(attack) by the name of the member, in [0, 1]. */
  readonly scores: Readonly<Record<string, number>>;
}

export interface FusionFitOptions {
  /**
   * Penalty on the squared slopes of the standardised log odds; the offset is free. 0 is plain logistic regression, which
   * has no finite answer where the classes can be told apart without error.
   * @default 0.01
   */
  readonly ridge?: number | undefined;
  /** See `LogisticFusion.limit`. @default 1e-6 */
  readonly limit?: number | undefined;
}

/** A fusion with what it was learned from and how well it fits that. */
export interface FittedFusion extends LogisticFusion {
  readonly ridge: number;
  readonly attacks: number;
  readonly bonaFides: number;
  /**
   * Mean cross-entropy over the data it was learned from, both classes weighing the same, in bits: 0 is perfect, 1 is
   * what is lost by saying one half always (Brümmer and du Preez, "Application-independent evaluation of speaker
   * detection", 2006: Cllr). New data will cost more.
   */
  readonly crossEntropyBits: number;
  /** The same for each member alone, its P(attack) taken as it is, within `limit`. */
  readonly memberCrossEntropyBits: Readonly<Record<string, number>>;
  readonly iterations: number;
}

const maximumIterations = 100;

/**
 * Learns a fusion by logistic regression on the members' log odds with a ridge, by Newton's method with halved steps. Both
 * classes weigh the same, however many presentations they have, so that the result does not carry the mix of the data.
 * (Linear logistic regression fusion, as in Brümmer's FoCal toolkit; the ridge after le Cessie and van Houwelingen 1992.)
 *
 * @param members the members to be fused; each must have a score in every presentation.
 * @throws Problem where a class is missing, a member does not vary, or the classes are parted without error and the ridge
 *   is 0.
 */
export function fitLogisticFusion(
  presentations: readonly LabelledScores[],
  members: readonly string[],
  { ridge = 0.01, limit = 1e-6 }: FusionFitOptions = {},
): FittedFusion {
  const attacks = presentations.filter(({ attack }) => attack).length;
  const bonaFides = presentations.length - attacks;
  if (attacks === 0 || bonaFides === 0) {
    throw new Problem(
      'fusion',
      `there are ${attacks} attacks and ${bonaFides} bona fides to learn from; both are needed`,
      'add presentations of the missing class to the score file',
    );
  }
  const weights = presentations.map(({ attack }) => 0.5 / (attack ? attacks : bonaFides));
  const columns = members.map((name) =>
    standardised(
      name,
      presentations.map(({ scores }) => limitedLogOdds(scores[name], limit)),
      weights,
    ),
  );
  const { parameters, iterations } = newton(presentations, columns, weights, ridge);
  const slopes = Object.fromEntries(
    members.map((name, at) => [name, parameters[at + 1] / columns[at].scale]),
  );
  const offset = columns.reduce(
    (sum, { centre, scale }, at) => sum - (parameters[at + 1] * centre) / scale,
    parameters[0],
  );
  const bits = (odds: (i: number) => number) =>
    presentations.reduce((sum, { attack }, i) => sum + weights[i] * lossOf(odds(i), attack), 0) / Math.LN2;
  const oddsOf = (i: number) =>
    columns.reduce((sum, { values }, at) => sum + parameters[at + 1] * values[i], parameters[0]);
  return {
    offset,
    slopes,
    limit,
    ridge,
    attacks,
    bonaFides,
    crossEntropyBits: bits(oddsOf),
    memberCrossEntropyBits: Object.fromEntries(
      members.map((name, at) => {
        const { values, centre, scale } = columns[at];
        return [name, bits((i) => values[i] * scale + centre)];
      }),
    ),
    iterations,
  };
}

interface Column {
  readonly values: readonly number[];
  readonly centre: number;
  readonly scale: number;
}

/** Centred and scaled, so that the ridge means the same to every member and Newton's steps are well conditioned. */
function standardised(name: string, odds: readonly number[], weights: readonly number[]): Column {
  const centre = odds.reduce((sum, value, i) => sum + weights[i] * value, 0);
  const scale = Math.sqrt(odds.reduce((sum, value, i) => sum + weights[i] * (value - centre) ** 2, 0));
  if (!(scale > 1e-9)) {
    throw new Problem(name, 'has the same score for every presentation', 'leave this member out');
  }
  return { values: odds.map((value) => (value - centre) / scale), centre, scale };
}

function newton(
  presentations: readonly LabelledScores[],
  columns: readonly Column[],
  weights: readonly number[],
  ridge: number,
): { parameters: number[]; iterations: number } {
  const size = columns.length + 1;
  const at = (j: number, i: number) => (j === 0 ? 1 : columns[j - 1].values[i]);
  const odds = (parameters: readonly number[], i: number) =>
    parameters.reduce((sum, value, j) => sum + value * at(j, i), 0);
  const objective = (parameters: readonly number[]) =>
    presentations.reduce((sum, { attack }, i) => sum + weights[i] * lossOf(odds(parameters, i), attack), 0) +
    (ridge / 2) * parameters.slice(1).reduce((sum, value) => sum + value ** 2, 0);

  let parameters = Array<number>(size).fill(0);
  let current = objective(parameters);
  for (let iteration = 1; iteration <= maximumIterations; iteration++) {
    const gradient = parameters.map((value, j) => (j === 0 ? 0 : ridge * value));
    const hessian = Matrix.diag(parameters.map((_, j) => (j === 0 ? 0 : ridge)));
    presentations.forEach(({ attack }, i) => {
      const p = 1 / (1 + Math.exp(-odds(parameters, i)));
      const error = weights[i] * (p - (attack ? 1 : 0));
      const curvature = weights[i] * p * (1 - p);
      for (let j = 0; j < size; j++) {
        gradient[j] += error * at(j, i);
        for (let k = 0; k <= j; k++) {
          const value = hessian.get(j, k) + curvature * at(j, i) * at(k, i);
          hessian.set(j, k, value);
          hessian.set(k, j, value);
        }
      }
    });
    // Without a ridge the slopes of parted classes grow for ever, and the loss only ever comes near 0.
    const parted = presentations.every(({ attack }, i) => odds(parameters, i) * (attack ? 1 : -1) > 0);
    if (ridge === 0 && parted) break;
    const decomposition = new CholeskyDecomposition(hessian);
    if (!decomposition.isPositiveDefinite()) break;
    const step = decomposition.solve(Matrix.columnVector(gradient)).to1DArray();
    const shortened = (length: number) => parameters.map((value, j) => value - length * step[j]);
    // So near the end a full step is right, and the objective's own rounding could not tell.
    const decrement = gradient.reduce((sum, value, j) => sum + value * step[j], 0);
    if (decrement < 1e-10) return { parameters: shortened(1), iterations: iteration };
    let length = 1;
    while (objective(shortened(length)) > current && length > 1e-10) length /= 2;
    const next = shortened(length);
    parameters = next;
    current = objective(parameters);
  }
  throw new Problem(
    'fusion',
    'does not settle: the scores part the classes without error, or members repeat each other',
    'take a ridge above 0',
  );
}

/** -ln of the probability of what it really is, without overflow. */
function lossOf(odds: number, attack: boolean): number {
  const softplus = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
  return softplus - (attack ? odds : 0);
}
