import { basename, extname } from 'node:path';
import type { Card } from '../../model/card.js';
import { checkCard, describe } from '../../model/check-card.js';
import { draftCard } from '../../model/draft-card.js';
import { cardFileOf, type FoundCard, lookForCard } from '../../model/find-card.js';
import { graphInfo, graphValue } from '../../model/graph-info.js';
import type { GraphInfo } from '../../model/session.js';
import { inspectModel, makeBatchDynamic, type ModelInspection, type OnnxModel } from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { exitStatus } from '../exit-status.js';
import { fileSize } from './file-size.js';
import { readModel, type ReadModel } from './read-model.js';

export interface InspectOptions {
  readonly card?: string;
  readonly json?: boolean;
}

/** What `models inspect --json` prints. */
interface Inspection extends ModelInspection, Omit<ReadModel, 'model'> {
  /** Whether several images can go through at once, and why not. */
  readonly batch: { readonly free: boolean; readonly reason: string | null };
  readonly card: {
    /** The card in force; `null` where there is none that can be read. */
    readonly found: Card | null;
    readonly source: string | null;
    /** What is wrong with it; `null` where it fits the graph, or there is none. */
    readonly problem: string | null;
    /** Something to start from where there is no card. */
    readonly draft: Card | null;
  };
}

/** Prints what is in a model file and whether its card fits. Exit status 1 where it does not. */
export async function inspectFile(reference: string, options: InspectOptions): Promise<void> {
  const { model, ...file } = await readModel(reference);
  const card = await inspectCard(file, graphInfo(model), options.card);
  const inspection: Inspection = { ...file, ...inspectModel(model), batch: batchOf(model), card };
  if (options.json === true) console.log(JSON.stringify(inspection, null, 2));
  else for (const line of lines(inspection)) console.log(line);
  if (card.problem !== null) process.exitCode = exitStatus.failed;
}

function batchOf(model: OnnxModel): Inspection['batch'] {
  try {
    makeBatchDynamic(model);
    return { free: true, reason: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { free: false, reason: error.why };
  }
}

async function inspectCard(
  file: Omit<ReadModel, 'model'>,
  graph: GraphInfo,
  given: string | undefined,
): Promise<Inspection['card']> {
  let found: FoundCard | undefined;
  try {
    found = await lookForCard(file, { card: given });
    if (found !== undefined) checkCard(found.card, graph, found.source);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { found: found?.card ?? null, source: error.what, problem: error.message, draft: null };
  }
  if (found !== undefined) return { found: found.card, source: found.source, problem: null, draft: null };
  return { found: null, source: null, problem: null, draft: draftOf(file.file, graph) };
}

function draftOf(file: string, graph: GraphInfo): Card | null {
  try {
    return draftCard(basename(file, extname(file)), graph);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return null;
  }
}

function lines(inspection: Inspection): string[] {
  const { opsets, operators, unknownOperators, spatialLayers, batch, card } = inspection;
  const rows: (readonly [string, readonly string[]])[] = [
    ['file', [`${inspection.file} (${fileSize(inspection.bytes)})`]],
    ['sha256', [inspection.sha256]],
    ['format', [formatOf(inspection)]],
    [
      'opsets',
      [
        Object.entries(opsets)
          .map(([domain, version]) => `${domain || 'ai.onnx'} ${version}`)
          .join(', '),
      ],
    ],
    ['inputs', inspection.inputs.map((input) => typed(input))],
    ['outputs', inspection.outputs.map((output) => typed(output))],
    ['batch', [batch.free ? 'any number of images at once' : `one image at a time: ${batch.reason}`]],
    ['parameters', [`${inspection.parameters.toLocaleString('en')} (${fileSize(inspection.weightBytes)})`]],
    ['operators', [operators.map(({ name, count }) => `${name} ${count}`).join(', ')]],
    ['unknown', unknownOperators.length === 0 ? [] : [unknownOperators.join(', ')]],
    [
      'layers',
      spatialLayers.map((layer) => {
        const shape = describe({
          name: layer.tensor,
          type: '',
          shape: layer.shape.map((length) => length ?? ''),
        });
        return `${shape} ${layer.operator}, the last ${layer.kind === 'last' ? 'with height and width' : 'of its size'}`;
      }),
    ],
    ['card', cardLines(inspection)],
  ];
  const text = rows.flatMap(([label, values]) =>
    values.map((value, i) => `${(i === 0 ? label : '').padEnd(12)}${value}`),
  );
  return card.draft === null ? text : [...text, '', JSON.stringify(card.draft, null, 2)];
}

function formatOf({ format, irVersion, producer }: Inspection): string {
  const by = producer === '' ? '' : `, written by ${producer}`;
  return format === 'ONNX' ? `ONNX, IR version ${irVersion}${by}` : `${format}, imported${by}`;
}

function typed(info: ModelInspection['inputs'][number]): string {
  const value = graphValue(info);
  return `${describe(value)} ${value.type}`;
}

function cardLines({ file, card }: Inspection): string[] {
  if (card.problem !== null) return [`does not fit: ${card.problem}`];
  if (card.found !== null) {
    const { name, task, outputs, bonaFide } = card.found;
    const meanings = Object.entries(outputs).map(([output, { kind }]) => `${output}: ${kind}`);
    const live = bonaFide === undefined ? '' : `; bona fide is "${bonaFide}"`;
    return [`${name} (${task}), from ${card.source ?? ''}: fits`, `${meanings.join(', ')}${live}`];
  }
  return card.draft === null
    ? ['none, and no input takes gray or colour images']
    : [`none; correct this draft and save it as ${cardFileOf(file)}`];
}
