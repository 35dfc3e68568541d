import { readScoreFile } from '../../dataset/read-score-file.js';
import { calibrateScores, type ScoreCalibration } from '../../measure/verification/calibrate-scores.js';
import { Problem } from '../../problem.js';

const classes: Readonly<Record<string, 'genuine' | 'impostor'>> = {
  genuine: 'genuine',
  match: 'genuine',
  mated: 'genuine',
  same: 'genuine',
  '1': 'genuine',
  impostor: 'impostor',
  'non-match': 'impostor',
  'non-mated': 'impostor',
  different: 'impostor',
  '0': 'impostor',
  '-1': 'impostor',
};

/**
 * The calibration of a user's own cosines: a score file whose labels say which pairs show one person (genuine, match,
 * mated, same, 1) and which two (impostor, non-match, non-mated, different, 0, -1).
 * @throws {Problem} where a label says neither, or a class is missing.
 */
export async function readCalibration(file: string): Promise<ScoreCalibration> {
  const { rows } = await readScoreFile(file);
  const scores: Record<'genuine' | 'impostor', number[]> = { genuine: [], impostor: [] };
  for (const { label, score, line } of rows) {
    const known = Object.hasOwn(classes, label?.toLowerCase() ?? '')
      ? classes[label!.toLowerCase()]
      : undefined;
    if (known === undefined) {
      throw new Problem(
        `${file} line ${line}`,
        label === undefined
          ? 'has no label'
          : `has the label "${label}", which is neither genuine nor impostor`,
        'label every pair genuine or impostor',
      );
    }
    scores[known].push(score);
  }
  return calibrateScores(scores);
}
