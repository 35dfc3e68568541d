import type { Checked } from './summarise-checks.js';

/** Items that are told one by one on a terminal. */
const mostLines = 20;

/** What was decided, a line an item where they are few, else counts. */
export function checkInWords(checked: readonly Checked[]): string[] {
  const attacks = checked.filter(({ result }) => result.decision === 'attack').length;
  const total = `${attacks} of ${checked.length} judged attacks`;
  if (checked.length > mostLines) return [`${total}; scores.csv holds all of them`];
  const lines = checked.map((each) => verdictInWords(each));
  return checked.length > 1 ? [...lines, total] : lines;
}

/** `face.jpg: attack, P(attack) 0.997 at threshold 0.5 (a 0.999, b 0.2); suspected print`. */
export function verdictInWords({ name, result }: Checked): string {
  const { decision, score, threshold, members, suspected } = result;
  const names = Object.keys(members);
  const own = names.map((member) => `${member} ${probability(members[member].score)}`).join(', ');
  const frames = result.kind === 'video' ? `, pooled over ${result.scored} of ${result.looked} frames` : '';
  return (
    `${name}: ${decision}, P(attack) ${probability(score)} at threshold ${threshold}${frames} (${own})` +
    (suspected.length > 0 ? `; suspected: ${suspected.join(', ')}` : '')
  );
}

/** A threshold, to three digits: those of sharp networks lie near 0. */
export function thresholdInWords(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Three decimals; what would be rounded to 0 or 1 says so. */
export function probability(value: number): string {
  if (value > 0 && value < 0.0005) return '< 0.001';
  if (value < 1 && value >= 0.9995) return '> 0.999';
  return value.toFixed(3);
}
