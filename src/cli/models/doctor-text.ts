import type { AxisRow, Diagnosis, Findings, RankingRow } from '../../study/doctor/doctor-findings.js';
import { doctorConclusion } from '../../study/doctor/doctor-conclusion.js';
import { graphRows } from '../../study/doctor/graph-rows.js';
import { differenceText, measuredText } from '../../study/doctor/measured-text.js';

/** How many rows of the ranking are shown; all are in the JSON. */
const shownRows = 12;

/** What the check found, as lines for a terminal. */
export function doctorText({ graph, card, diagnosis }: Findings): string[] {
  return [
    ...graphRows(graph).map(([label, value]) => row(label, value)),
    ...cardLines(card),
    ...(diagnosis === null
      ? ['', 'Give labelled images (--images, --labels) or pairs (--pairs) to find the preprocessing.']
      : ['', ...diagnosisLines(diagnosis)]),
  ];
}

function row(label: string, value: string): string {
  return `${label.padEnd(14)}${value}`;
}

function cardLines(card: Findings['card']): string[] {
  if (card === null) return [row('card', 'none')];
  return [row('card', card.problem === null ? `from ${card.source}` : `does not fit: ${card.problem}`)];
}

function diagnosisLines(diagnosis: Diagnosis): string[] {
  const { answers, ranking, tried, measures, axes, notes, verdict } = diagnosis;
  const counts = Object.entries(answers.counts)
    .map(([label, count]) => `${count} ${label}`)
    .join(', ');
  return [
    `${tried} preprocessings on ${counts} (${answers.images} images, ${answers.persons} persons; ${answers.source}), output ${answers.output}`,
    '',
    ...table(
      ['', 'preprocessing', measures[0], measures[1], ...(answers.kind === 'classes' ? ['outputs'] : []), ''],
      shown(ranking).map((each) => [
        each.chosen ? '>' : '',
        each.name,
        measuredText(each.first, measures[0]),
        measuredText(each.second, measures[1]),
        ...(answers.kind === 'classes' ? [(each.order ?? []).join(' ')] : []),
        [verdictWord(each), ...(each.card ? ['card'] : [])].filter((word) => word !== '').join(', '),
      ]),
    ),
    ...(ranking.length > shownRows
      ? [`... and ${ranking.length - shown(ranking).length} more (--json has all)`]
      : []),
    '',
    'What each choice matters (the chosen one minus the other):',
    ...table(
      ['', 'instead', measures[0], measures[1], ''],
      axes.map((each) => [
        each.axis,
        each.instead,
        differenceText(each, 'first', measures[0]),
        differenceText(each, 'second', measures[1]),
        axisWord(each),
      ]),
    ),
    '',
    ...doctorConclusion(diagnosis),
    ...notes.map((note) => `note: ${note}`),
    ...(verdict === 'found' ? [] : ['No card is proposed.']),
  ];
}

/** The head of the ranking, and the card's row wherever it stands. */
function shown(ranking: readonly RankingRow[]): readonly RankingRow[] {
  const head = ranking.slice(0, shownRows);
  return [...head, ...ranking.slice(shownRows).filter(({ card }) => card)];
}

function verdictWord({ verdict }: Pick<RankingRow, 'verdict'>): string {
  return verdict === 'chosen' ? '' : verdict;
}

function axisWord({ verdict }: AxisRow): string {
  return verdict === 'tie' ? 'a tie' : 'real';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column].length)),
  );
  return [head, ...rows].map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
