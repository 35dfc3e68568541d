import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { describe } from '../../model/check-card.js';
import { cardFileOf, lookForCard } from '../../model/find-card.js';
import { graphInfo } from '../../model/graph-info.js';
import type { GraphInfo } from '../../model/session.js';
import { openWorkerSession } from '../../model/worker-session.js';
import {
  encodeModel,
  makeBatchDynamic,
  opsetVersion,
  type OnnxModel,
  promoteToOutput,
  setOpset,
} from '../../onnx/index.js';
import { Problem } from '../../problem.js';
import { readModel } from './read-model.js';

export interface ConvertOptions {
  readonly opset?: number;
  readonly promote?: readonly string[];
  readonly json?: boolean;
}

/** What `models convert --json` prints. */
interface Conversion extends GraphInfo {
  readonly input: string;
  readonly output: string;
  readonly opset: number;
  /** The card that was written beside the output; `null` where there is none, or one lies there already. */
  readonly card: string | null;
  readonly notes: readonly string[];
}

/**
 * Writes a model as ONNX with a free batch axis.
 * @throws {Problem} where it cannot be read, converted or written, or the output is the input.
 */
export async function convertFile(reference: string, output: string, options: ConvertOptions): Promise<void> {
  const { file, sha256, model } = await readModel(reference);
  await refuseSameFile(file, output);
  const notes: string[] = [];
  let converted = freeBatch(model, reference, notes);
  if (options.opset !== undefined) converted = setOpset(converted, options.opset, reference);
  if (options.promote !== undefined) converted = promoteToOutput(converted, options.promote, reference);
  const bytes = encodeModel(converted);
  // Nothing is written that cannot be run.
  const session = await openWorkerSession(bytes, reference, 1);
  await session.close();
  await writeFileAtomic(output, bytes);
  const found = await lookForCard({ file, sha256 }, {});
  const beside = cardFileOf(output);
  const card = found === undefined || existsSync(beside) ? null : beside;
  if (card !== null) await writeFileAtomic(card, `${JSON.stringify(found!.card, null, 2)}\n`);
  const { inputs, outputs } = graphInfo(converted);
  print({ input: file, output, opset: opsetVersion(converted), inputs, outputs, card, notes }, options);
}

async function refuseSameFile(input: string, output: string): Promise<void> {
  const target = await realpath(output).catch(() => undefined);
  if (target !== undefined && target === (await realpath(input))) {
    throw new Problem(output, 'is the model itself, which is not overwritten', 'name another output file');
  }
}

function freeBatch(model: OnnxModel, name: string, notes: string[]): OnnxModel {
  try {
    return makeBatchDynamic(model, name);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    notes.push(`the batch stays as it is: ${error.why}`);
    return model;
  }
}

function print(conversion: Conversion, { json }: ConvertOptions): void {
  for (const note of conversion.notes) console.error(`faceprobe: ${note}`);
  if (json === true) {
    console.log(JSON.stringify(conversion, null, 2));
    return;
  }
  const { output, opset, inputs, outputs, card } = conversion;
  const values = `${inputs.map(describe).join(', ')} -> ${outputs.map(describe).join(', ')}`;
  console.log(`${output}: opset ${opset}, ${values}`);
  if (card !== null) console.log(card);
}
