import { createHash } from 'node:crypto';
import { decodeImage } from '../../../dataset/decode-image.js';
import { cropBox } from '../../../face/crop-box.js';
import type { RunRecord } from '../../../jobs/run/run-record.js';
import { readJournal } from '../../../jobs/run/journal.js';
import { join } from 'node:path';
import type { Block, GalleryItem, Report, TableBlock } from '../../../report/html/report.js';
import { reportImage } from '../../../report/html/report-image.js';
import type { RunReport } from '../../report/run-report.js';
import type { ImageCheck, VideoCheck } from './check-result.js';
import { probability, verdictInWords } from './in-words.js';
import { checkedItems, type Checked, type CheckSummary } from './summarise-checks.js';
import { timeline } from './timeline.js';

type Section = Report['sections'][number];

/** Photographs that the gallery shows, rows of the table and timelines; the rest lie in the run's folder. */
const limits = { gallery: 24, rows: 200, timelines: 12 };
/** Width of a picture of the gallery, in pixels. */
const gallerySide = 260;

/** The report of `liveness check`. */
export async function checkReport(folder: string, record: RunRecord): Promise<RunReport> {
  const summary = record.results as unknown as CheckSummary;
  const checked = await checkedItems({ results: () => readJournal(join(folder, 'results.jsonl')) });
  const { ensemble, images, videos, attacks, milliseconds } = summary;
  const names = ensemble.members.map(({ name }) => name);
  return {
    title: names.length === 1 ? `Liveness by ${names[0]}` : `Liveness by ${names.length} networks`,
    question: 'Does a photograph or video show a person, or an attack?',
    keyResults: [
      checked.length === 1
        ? `${verdictInWords(checked[0])}.`
        : `${attacks} of ${checked.length} are judged attacks at the threshold ${ensemble.threshold}.`,
    ],
    facts: [
      { name: 'photographs', value: String(images) },
      { name: 'videos', value: String(videos) },
      { name: 'judged attacks', value: `${attacks} of ${checked.length}` },
      { name: 'fusion', value: names.length === 1 ? 'none: one network' : ensemble.fusion },
      { name: 'milliseconds a face', value: `${milliseconds.total.toFixed(1)} (median, one thread)` },
    ],
    sections: [
      membersSection(summary),
      ...timelinesSection(checked, ensemble.fusion),
      resultsSection(checked, names),
      ...(await gallerySection(checked, record)),
    ],
    howToRead: [
      'P(attack) is one minus the probability of the class that a network’s card names as bona fide. It is an attack above ' +
        'the threshold; a tie is bona fide. Networks are seldom calibrated: 0.9 does not mean that nine of ten such ' +
        'faces are attacks.',
      fusionInWords(ensemble.fusion, names.length),
      ...(videos > 0
        ? [
            `Each frame is fused by itself; the ${String(record.settings.pool)} over the frames that show a face decides. Seconds are the ` +
              'number of the frame divided by the mean frame rate.',
          ]
        : []),
      'How often a network errs cannot be told from its own decisions: it takes photographs whose truth is known. What each ' +
        'default member was measured at is in docs/liveness.md.',
    ],
  };
}

function fusionInWords(fusion: string, members: number): string {
  if (members === 1) return 'There is one network, so nothing is fused.';
  const rules: Readonly<Record<string, string>> = {
    any:
      'Fusion “any”: an attack where any network says so at its own threshold. The fused score is the largest of the ' +
      'networks’ scores after each threshold was moved to 0.5. What is suspected are the kinds of attack that the networks ' +
      'which said so guard against.',
    mean: 'Fusion “mean”: the mean of P(attack) over the networks.',
    weighted: 'Fusion “weighted”: the mean of P(attack) over the networks with their weights.',
    max: 'Fusion “max”: the largest P(attack) of the networks.',
    logistic:
      'Fusion “logistic”: a logistic regression of the networks’ log odds, learned from labelled scores, for attacks and ' +
      'bona fides equally likely.',
  };
  return rules[fusion];
}

function membersSection({ ensemble, milliseconds }: CheckSummary): Section {
  const table: TableBlock = {
    kind: 'table',
    caption:
      'The networks, their thresholds, and the median milliseconds of crop, preprocessing and forward pass for one face on ' +
      `one thread. Decoding takes ${milliseconds.decode.toFixed(1)} ms, finding the face ${milliseconds.detect.toFixed(1)} ms, once for all of them.`,
    columns: [
      { name: 'network' },
      { name: 'guards against' },
      { name: 'weight', numeric: true },
      { name: 'threshold', numeric: true },
      { name: 'ms a face', numeric: true },
    ],
    rows: ensemble.members.map(({ name, guards, weight, threshold }) => [
      name,
      guards.join(', ') || 'not stated',
      ensemble.fusion === 'weighted' ? String(weight) : '–',
      String(threshold),
      milliseconds.members[name].toFixed(1),
    ]),
  };
  return { title: 'The networks', blocks: [table] };
}

function timelinesSection(checked: readonly Checked[], fusion: string): Section[] {
  const videos = checked.flatMap(({ name, result }) => (result.kind === 'video' ? [{ name, result }] : []));
  if (videos.length === 0) return [];
  const plots = videos.slice(0, limits.timelines).map(({ name, result }) => ({
    plot: timeline(idOf(name), name, result, fusion),
    caption: timelineCaption(result),
  }));
  const more = videos.length - plots.length;
  const blocks: Block[] = [
    { kind: 'plots', plots },
    ...(more > 0
      ? [{ kind: 'text', paragraphs: [`${more} more timelines lie in the run’s folder.`] } as const]
      : []),
  ];
  return [{ title: 'Over time', blocks }];
}

function timelineCaption({ decision, pooled, scored, looked }: VideoCheck): string {
  const { mean, median, max } = pooled;
  return (
    `Judged ${decision}. Over ${scored} of ${looked} frames: mean ${probability(mean)}, median ` +
    `${probability(median)}, largest ${probability(max)}. Gaps are frames without a face.`
  );
}

function resultsSection(checked: readonly Checked[], names: readonly string[]): Section {
  const several = names.length > 1;
  const shown = bySuspicion(checked).slice(0, limits.rows);
  const table: TableBlock = {
    kind: 'table',
    caption:
      `The most suspect first${shown.length < checked.length ? `, ${shown.length} of ${checked.length}; all are in scores.csv` : ''}.` +
      (several
        ? ' Below the names of the networks: P(attack), with an asterisk where it is above their threshold.'
        : ''),
    columns: [
      { name: 'file' },
      { name: 'decision' },
      { name: several ? 'fused P(attack)' : 'P(attack)', numeric: true },
      ...(several ? names.map((name) => ({ name, numeric: true })) : []),
    ],
    rows: shown.map(({ name, result }) => [
      name,
      result.suspected.length > 0
        ? `${result.decision} (${result.suspected.join(', ')})`
        : result.decision.replace(' ', '\u00a0'),
      probability(result.score),
      ...(several
        ? names.map((member) => {
            const { score, decision } = result.members[member];
            return `${probability(score)}${decision === 'attack' ? '*' : ''}`;
          })
        : []),
    ]),
  };
  return { title: 'Decisions', blocks: [table, ...remarks(checked)] };
}

/** What a reader should know of the inputs, each remark with the number of inputs that it is about. */
function remarks(checked: readonly Checked[]): Block[] {
  const counts = new Map<string, number>();
  for (const { result } of checked) {
    for (const note of result.notes) {
      // Sizes differ from image to image.
      const kind = note.replace(/ and sees \d+ x \d+/, ' and sees less');
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return [];
  const rows = [...counts].sort((a, b) => b[1] - a[1]).map(([text, count]) => [text, String(count)]);
  return [
    {
      kind: 'table',
      caption: 'Remarks; scores.csv says which inputs they are about.',
      columns: [{ name: 'remark' }, { name: 'inputs', numeric: true }],
      rows: rows.slice(0, limits.rows),
    },
  ];
}

/** Faces spread evenly from the most to the least suspect. */
async function gallerySection(checked: readonly Checked[], record: RunRecord): Promise<Section[]> {
  // The report is about faces: without them there is nothing to show.
  if (record.settings.photos === false) return [];
  const images = bySuspicion(checked).flatMap(({ name, result }) =>
    result.kind === 'image' ? [{ name, result }] : [],
  );
  const count = Math.min(images.length, limits.gallery);
  const items: GalleryItem[] = [];
  for (let at = 0; at < count; at++) {
    const { name, result } = images[Math.floor((at * images.length) / count)];
    // The photograph may have been moved since.
    const image = await faceOf(result).catch(() => undefined);
    if (image === undefined) continue;
    const { score, decision } = result;
    items.push({
      name,
      lines: [`${decision}, P(attack) ${probability(score)}`],
      images: [{ image, caption: 'the face and what is around it' }],
    });
  }
  if (items.length === 0) return [];
  const spread = count < images.length ? ', spread evenly over all of them' : '';
  return [
    {
      title: 'Faces',
      blocks: [
        { kind: 'text', paragraphs: [`From the most to the least suspect${spread}.`] },
        { kind: 'gallery', items },
      ],
    },
  ];
}

async function faceOf({ file, box }: ImageCheck) {
  const { image } = await decodeImage(file);
  const options = { showsPhotograph: true, maximumWidth: gallerySide };
  if (box === null) return reportImage(image, options);
  const [x, y, width, height] = box;
  const side = Math.round(1.8 * Math.max(width, height));
  const left = Math.round(x + width / 2 - side / 2);
  const top = Math.round(y + height / 2 - side / 2);
  return reportImage(cropBox(image, { x: left, y: top, width: side, height: side }), options);
}

function bySuspicion(checked: readonly Checked[]): Checked[] {
  return [...checked].sort((a, b) => b.result.score - a.result.score || (a.name < b.name ? -1 : 1));
}

/** Names of files may hold anything; ids of plots may not. */
function idOf(name: string): string {
  return `timeline-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
