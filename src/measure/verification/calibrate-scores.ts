import { sortedScores, type VerificationScores } from './scores.js';

/** A score as a probability, learned from a user's own scores. */
export interface ScoreCalibration {
  /** The log odds of a match are `slope * score + offset`, for genuine and impostor pairs equally likely. */
  readonly slope: number;
  readonly offset: number;
  /** The scores it was learned from. */
  readonly genuine: number;
  readonly impostor: number;
}

/**
 * Learns the probability that a pair shows one person from its score, by logistic regression (Platt, "Probabilistic
 * outputs for support vector machines", 1999). The two classes weigh the same, however many pairs they have; Platt's
 * smoothed targets, (n + 1) / (n + 2) and 1 / (n + 2), keep the slope finite where the classes do not overlap.
 *
 * @throws Problem where a class has no score
 */
export function calibrateScores(scores: VerificationScores): ScoreCalibration {
  const { genuine, impostor } = sortedScores(scores);
  // Centred and scaled, so that Newton's steps are well conditioned whatever the unit of the scores.
  const all = Float64Array.from([...genuine, ...impostor]);
  const centre = all.reduce((sum, score) => sum + score, 0) / all.length;
  const scale = Math.sqrt(all.reduce((sum, score) => sum + (score - centre) ** 2, 0) / all.length) || 1;
  const x = all.map((score) => (score - centre) / scale);
  const targets = [(genuine.length + 1) / (genuine.length + 2), 1 / (impostor.length + 2)];
  const weights = [0.5 / genuine.length, 0.5 / impostor.length];
  const classOf = (i: number): number => (i < genuine.length ? 0 : 1);

  const loss = (a: number, b: number): number =>
    x.reduce((sum, value, i) => {
      const odds = a * value + b;
      // -t ln p - (1 - t) ln(1 - p), without overflow.
      const softplus = Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));
      return sum + weights[classOf(i)] * (softplus - targets[classOf(i)] * odds);
    }, 0);

  let [a, b] = [0, 0];
  let current = loss(a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-12, 0, 1e-12];
    x.forEach((value, i) => {
      const p = logistic(a * value + b);
      const error = weights[classOf(i)] * (p - targets[classOf(i)]);
      const curvature = weights[classOf(i)] * p * (1 - p);
      ga += error * value;
      gb += error;
      haa += curvature * value * value;
      hab += curvature * value;
      hbb += curvature;
    });
    if (Math.hypot(ga, gb) < 1e-12) break;
    const determinant = haa * hbb - hab * hab;
    const stepA = (hbb * ga - hab * gb) / determinant;
    const stepB = (haa * gb - hab * ga) / determinant;
    let length = 1;
    let next = loss(a - stepA, b - stepB);
    while (next > current && length > 1e-10) {
      length /= 2;
      next = loss(a - length * stepA, b - length * stepB);
    }
    if (next > current) break;
    a -= length * stepA;
    b -= length * stepB;
    current = next;
  }
  const slope = a / scale;
  return { slope, offset: b - slope * centre, genuine: genuine.length, impostor: impostor.length };
}

/**
 * The probability that a pair with this score shows one person.
 *
 * @param prior how likely one person is before the score is known, in (0, 1); a half says nothing either way.
 */
export function matchProbability({ slope, offset }: ScoreCalibration, score: number, prior = 0.5): number {
  if (!(prior > 0 && prior < 1)) throw new RangeError(`A prior lies between 0 and 1; ${prior} does not.`);
  return logistic(slope * score + offset + Math.log(prior / (1 - prior)));
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
