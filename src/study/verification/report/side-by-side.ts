import type { Report, TableBlock } from '../../../report/html/report.js';
import { curvePlots, readReplaceTables, type ReplaceTables } from '../plot/replace-plots.js';
import { areaInWords } from '../plot/area-in-words.js';
import type { DoneStep } from '../done-steps.js';
import { studyName } from '../step-folder.js';
import { verdict } from '../replace/verdict.js';
import { plotId } from './plot-id.js';

/** The curves of several studies side by side, and the best method of each; nothing for fewer than two with curves. */
export async function sideBySide(
  studies: readonly { readonly folder: string; readonly steps: readonly DoneStep[] }[],
): Promise<Report['sections']> {
  const compared = studies.filter(({ steps }) => steps.some(({ step }) => step === 'replace'));
  if (compared.length < 2) return [];
  const tables = await Promise.all(
    compared.map(({ folder }) => readReplaceTables(studyName(folder), folder)),
  );
  const plots = tables.map((each, at) =>
    curvePlots(`side-${plotId(compared[at].folder)}`, each, 'replacement'),
  );
  const rates = Math.max(...plots.map(({ length }) => length));
  return [
    {
      title: 'Side by side',
      blocks: [
        {
          kind: 'plots',
          plots: Array.from({ length: rates }, (_, rate) =>
            plots.flatMap((own) => own.slice(rate, rate + 1)),
          ).flat(),
        },
        bestBlock(tables),
      ],
    },
  ];
}

function bestBlock(studies: readonly ReplaceTables[]): TableBlock {
  return {
    kind: 'table',
    caption:
      'The best method of each study by putting pixels back: the area under HTER (or the rate of the only class there ' +
      'is), how far it lies from that of random pixels and from the next method, with 95 % intervals over persons.',
    columns: [
      { name: 'study' },
      { name: 'pairs', numeric: true },
      { name: 'best method' },
      { name: 'area', numeric: true },
      { name: 'minus random', numeric: true },
      { name: 'minus the next method', numeric: true },
      { name: 'better than all others' },
    ],
    rows: studies.flatMap((study) => {
      const best = verdict('replacement', study);
      if (best === undefined) return [];
      const [next] = best.overOthers;
      const pairs = study.areas.find(({ curve }) => curve === 'replacement')?.pairs ?? 0;
      return [
        [
          study.name,
          String(pairs),
          best.best,
          areaInWords(best.area),
          areaInWords(best.overControl),
          best.overOthers.length === 0 ? 'no other' : `${next.method}: ${areaInWords(next.difference)}`,
          best.settled ? 'settled' : 'not settled',
        ],
      ];
    }),
  };
}
