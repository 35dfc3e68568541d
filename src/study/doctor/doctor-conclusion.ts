import type { Diagnosis } from './doctor-findings.js';
import { measuredText } from './measured-text.js';

/** The findings in sentences. */
export function doctorConclusion({
  verdict,
  ranking,
  measures,
  heldOut,
  chance,
  card,
  answers,
  axes,
}: Diagnosis): string[] {
  const [chosen] = ranking;
  const ties = ranking.filter((each) => each.verdict === 'tie').length;
  const lines: string[] = [];
  if (verdict === 'cannot tell') {
    lines.push(
      chance === null
        ? `Cannot tell: no preprocessing is shown to be better than chance on these pairs.`
        : `Cannot tell: with random labels the best of all variants looks as good in ${(100 * chance).toFixed(1)} % of cases.`,
    );
  } else {
    lines.push(`Best: ${chosen.name}, ${measures[0]} ${measuredText(chosen.first, measures[0])}.`);
  }
  if (heldOut !== null) {
    lines.push(
      `Where the choice was made on other persons: ${measures[0]} ${measuredText(heldOut, measures[0])}.`,
    );
  }
  if (chance !== null && verdict === 'found') {
    lines.push(
      `With random labels the best of all variants looks as good in ${(100 * chance).toFixed(1)} % of cases.`,
    );
  }
  const real = [
    ...new Set(
      axes.filter(({ verdict: own }) => own === 'worse' || own === 'decides worse').map(({ axis }) => axis),
    ),
  ];
  lines.push(
    `${ties} other variants are ties: these ${answers.kind === 'pairs' ? 'pairs' : 'images'} do not show that they are worse. ` +
      (real.length === 0
        ? 'No single choice makes a difference that is real here.'
        : `Real differences lie in: ${real.join(', ')}.`),
  );
  const [usual] = ranking
    .filter((each) => each.verdict === 'tie' || each.chosen)
    .sort((a, b) => a.unusual - b.unusual);
  if (verdict === 'found' && !usual.chosen) lines.push(`The most usual of the ties is ${usual.name}.`);
  if (card !== null) {
    lines.push(
      card.verdict === 'as good as the best'
        ? 'Your card is as good as the best.'
        : card.verdict === 'not told from the best'
          ? `Your card cannot be told from the best on these samples, though this one did better: ${chosen.name}.`
          : `This one is better than your card: ${chosen.name}.`,
    );
    if (card.classes === 'contradict')
      lines.push('The order of the classes in your card CONTRADICTS the labels.');
    if (card.classes === 'agree') lines.push('The order of the classes in your card agrees with the labels.');
    if (card.classes === 'names differ') {
      lines.push('Labels and classes of your card have different names, so their order was not compared.');
    }
  }
  return lines;
}
