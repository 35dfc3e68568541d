import { basename } from 'node:path';
import { rankingPlot } from '../../report/plot/ranking-plot.js';
import type { Block, Report } from '../../report/html/report.js';
import { version } from '../../version.js';
import { doctorConclusion } from './doctor-conclusion.js';
import type { Diagnosis, Findings, RankingRow } from './doctor-findings.js';
import { graphRows } from './graph-rows.js';
import { differenceText, measuredText } from './measured-text.js';

/** Variants that the plot shows; the table has all. */
const plotted = 20;

/** The check of a model as a report. It shows no photographs. */
export function doctorReport({ model, graph, card, diagnosis, seed, seconds }: Findings): Report {
  const conclusion = diagnosis === null ? ['The graph alone was looked at.'] : doctorConclusion(diagnosis);
  return {
    title: `How ${basename(model.reference)} wants its input`,
    question: 'Which preprocessing and which order of classes does the model work with?',
    keyResults: conclusion,
    facts:
      diagnosis === null
        ? []
        : [
            ...Object.entries(diagnosis.answers.counts).map(([label, count]) => ({
              name: label,
              value: String(count),
            })),
            { name: 'images', value: String(diagnosis.answers.images) },
            { name: 'persons', value: String(diagnosis.answers.persons) },
            { name: 'preprocessings tried', value: String(diagnosis.tried) },
          ],
    sections: [
      ...(diagnosis === null ? [] : diagnosisSections(diagnosis)),
      {
        title: 'The graph',
        blocks: [
          {
            kind: 'table',
            caption: 'What the file says, and what the network does with plain images.',
            columns: [{ name: 'what' }, { name: 'found' }],
            rows: [
              ...graphRows(graph).map(([label, text]) => [label, text]),
              ['card', card === null ? 'none' : (card.problem ?? `from ${card.source}`)],
            ],
          },
        ],
      },
    ],
    settings: [
      { name: 'answers', value: diagnosis?.answers.source ?? 'none' },
      { name: 'output', value: diagnosis?.answers.output ?? 'none' },
      { name: 'seed', value: String(seed) },
    ],
    notProcessed: (diagnosis?.answers.skipped ?? []).map(({ image, reason }) => ({ file: image, reason })),
    provenance: [
      { name: 'model', value: model.file },
      { name: 'SHA-256', value: model.sha256 },
      { name: 'faceprobe', value: version },
      { name: 'seconds', value: seconds.toFixed(1) },
    ],
    howToRead: [
      'The first measure ranks, the second parts those within one standard error of the best. Intervals are 95 % ' +
        'percentile intervals of a bootstrap over persons.',
      'A tie means that these samples do not show a difference, not that there is none. Whether a difference is real is ' +
        'decided for all variants together (max-t), so that 5 of 100 checks at most call an equal one worse.',
      ...(diagnosis?.notes ?? []),
    ],
    photographs: 'shown',
  };
}

function diagnosisSections({ ranking, axes, measures, answers }: Diagnosis): Report['sections'] {
  const [first, second] = measures;
  const samples = Object.values(answers.counts).reduce((sum, count) => sum + count, 0);
  const verdict = ({ chosen, card, verdict: own }: RankingRow) =>
    [chosen ? 'chosen' : own, ...(card ? ['card'] : [])].join(', ');
  const plot: Block = {
    kind: 'plot',
    plot: rankingPlot({
      id: 'doctor-ranking',
      title: `The ${Math.min(plotted, ranking.length)} best preprocessings`,
      valueLabel: first,
      rows: ranking.slice(0, plotted).map(({ name, first: { value, interval } }, at) => ({
        label: `${at + 1}. ${name}`,
        value,
        interval: interval ?? undefined,
        n: samples,
      })),
    }),
    caption: `${first} of the best preprocessings with 95 % intervals; full names are in the table under the same numbers.`,
  };
  return [
    {
      title: 'What each choice matters',
      blocks: [
        {
          kind: 'table',
          caption: 'The chosen preprocessing minus one that differs in one thing.',
          columns: [
            { name: 'choice' },
            { name: 'instead' },
            { name: first, numeric: true },
            { name: second, numeric: true },
            { name: 'difference' },
          ],
          rows: axes.map((row) => [
            row.axis,
            row.instead,
            differenceText(row, 'first', first),
            differenceText(row, 'second', second),
            row.verdict === 'tie' ? 'a tie' : 'real',
          ]),
        },
      ],
    },
    {
      title: 'Ranking',
      blocks: [
        plot,
        {
          kind: 'table',
          caption: `All ${ranking.length} preprocessings, the chosen one first.`,
          columns: [
            { name: '', numeric: true },
            { name: 'preprocessing' },
            { name: first, numeric: true },
            { name: second, numeric: true },
            { name: 'verdict' },
          ],
          rows: ranking.map((row, at) => [
            `${at + 1}.`,
            row.name,
            measuredText(row.first, first),
            measuredText(row.second, second),
            verdict(row),
          ]),
        },
      ],
    },
  ];
}
