import type {
  AxisRow,
  Diagnosis,
  Findings,
  Measured,
  RankingRow,
} from '../../study/doctor/doctor-findings.js';
import type { GraphFacts } from '../../study/doctor/graph-facts.js';

/** How many rows of the ranking are shown; all are in the JSON. */
const shownRows = 12;

/** What the check found, as lines for a terminal. */
export function doctorText({ graph, card, diagnosis }: Findings): string[] {
  return [
    ...graphLines(graph),
    ...cardLines(card),
    ...(diagnosis === null
      ? ['', 'Give labelled images (--images, --labels) or pairs (--pairs) to find the preprocessing.']
      : ['', ...diagnosisLines(diagnosis)]),
  ];
}

function row(label: string, value: string): string {
  return `${label.padEnd(14)}${value}`;
}

function graphLines({ opset, input, outputs, notFinite }: GraphFacts): string[] {
  const size =
    input.width === null || input.height === null ? 'any size' : `${input.width} x ${input.height}`;
  const { arithmetic, batch } = input;
  const numbers = (values: readonly number[]) =>
    values.map((value) => Number(value.toPrecision(4))).join(', ');
  return [
    row('input', `${input.name}: ${input.layout}, ${input.channels} channel(s), ${size}, opset ${opset}`),
    row(
      'batch',
      `${typeof batch.declared === 'number' ? `fixed at ${batch.declared} in the file` : 'free in the file'}; ${batch.free ? 'any number at once is possible' : `one at a time: ${batch.reason ?? ''}`}`,
    ),
    row(
      'normalisation',
      arithmetic === null
        ? 'none inside the graph'
        : `inside the graph (${arithmetic.operators.join(', ')}): mean ${numbers(arithmetic.mean)}, std ${numbers(arithmetic.std)}; feed raw samples first`,
    ),
    ...outputs.map((output) => {
      const unit =
        output.nature !== 'embedding'
          ? ''
          : output.unitLength
            ? ', of length 1 already'
            : ', not divided by its length';
      const ending = output.ending === 'other' ? '' : `, ends in ${output.ending}`;
      return row('output', `${output.name} [${output.shape.join(', ')}]: ${output.nature}${unit}${ending}`);
    }),
    ...gradientLines(outputs),
    row(
      'plain images',
      notFinite.length === 0 ? 'all outputs are finite' : `not finite: ${notFinite.join('; ')}`,
    ),
  ];
}

function gradientLines(outputs: GraphFacts['outputs']): string[] {
  const without = outputs.filter(({ noGradient }) => noGradient !== null);
  if (without.length === 0) return [row('gradients', 'every output can be differentiated')];
  return without.map(({ name, noGradient }) => row('gradients', `${name} ${noGradient ?? ''}`));
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
        measured(each.first, measures[0]),
        measured(each.second, measures[1]),
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
        difference(each, 'first', measures[0]),
        difference(each, 'second', measures[1]),
        axisWord(each),
      ]),
    ),
    '',
    ...conclusion(diagnosis),
    ...notes.map((note) => `note: ${note}`),
    ...(verdict === 'found' ? [] : ['No card is proposed.']),
  ];
}

/** The head of the ranking, and the card's row wherever it stands. */
function shown(ranking: readonly RankingRow[]): readonly RankingRow[] {
  const head = ranking.slice(0, shownRows);
  return [...head, ...ranking.slice(shownRows).filter(({ card }) => card)];
}

/** The findings in sentences. */
function conclusion({
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
    lines.push(`Best: ${chosen.name}, ${measures[0]} ${measured(chosen.first, measures[0])}.`);
  }
  if (heldOut !== null) {
    lines.push(
      `Where the choice was made on other persons: ${measures[0]} ${measured(heldOut, measures[0])}.`,
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

function verdictWord({ verdict }: Pick<RankingRow, 'verdict'>): string {
  return verdict === 'chosen' ? '' : verdict;
}

function axisWord({ verdict }: AxisRow): string {
  return verdict === 'tie' ? 'a tie' : 'real';
}

function measured({ value, interval }: Measured, measure: string): string {
  const text = (number: number) => (measure === "d'" ? number.toFixed(2) : number.toFixed(3));
  return interval === null ? text(value) : `${text(value)} (${text(interval.low)} to ${text(interval.high)})`;
}

function difference(row: AxisRow, which: 'first' | 'second', measure: string): string {
  const { value, interval } = row[which];
  // Of the EER less is better; the difference is of 1 - EER.
  const sign = measure === 'EER' ? -1 : 1;
  const text = (number: number) => {
    const shownValue = sign * number;
    const digits = shownValue.toFixed(measure === "d'" ? 2 : 3);
    return shownValue > 0 ? `+${digits}` : digits;
  };
  if (interval === null) return text(value);
  const ends = [interval.low, interval.high].map((end) => sign * end).sort((a, b) => a - b);
  const [low, high] = ends.map((end) => text(sign * end));
  return `${text(value)} (${low} to ${high})`;
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
