import { writeFileAtomic } from '../../dataset/write-file-atomic.js';
import { interruptSignal } from '../../jobs/interrupt.js';
import { writeReport } from '../../report/html/write-report.js';
import { Problem } from '../../problem.js';
import type { DoctorOptions } from '../../study/doctor/doctor.js';
import { exitStatus } from '../exit-status.js';
import { renderer, type TerminalOptions } from '../run-study.js';
import { doctorText } from './doctor-text.js';
import { readModel } from './read-model.js';

export interface ExamineOptions extends Omit<DoctorOptions, 'reference' | 'file' | 'model'>, TerminalOptions {
  /** Where the card is written. */
  readonly write?: string;
  /** Where the HTML report is written. */
  readonly report?: string;
}

/** Runs the check of a model and prints what it found. Exit status 1 where no preprocessing could be told. */
export async function examine(reference: string, options: ExamineOptions): Promise<void> {
  if (options.labels !== undefined && options.images === undefined) {
    throw new Problem('--labels', 'says nothing without images', 'add --images FOLDER');
  }
  if (options.write !== undefined && options.images === undefined && options.pairs === undefined) {
    throw new Problem('--write', 'needs answers to find the card with', 'add --images or --pairs');
  }
  const interrupt = interruptSignal((message) => console.error(message));
  try {
    const { doctor } = await import('../../study/doctor/doctor.js');
    const { file, model } = await readModel(reference);
    const listen = await renderer(options);
    const findings = await doctor(
      { ...options, reference, file, model },
      { signal: interrupt.signal, listen },
    );
    const proposed = findings.diagnosis?.proposed ?? null;
    if (options.json === true) console.log(JSON.stringify(findings, null, 2));
    else for (const line of doctorText(findings)) console.log(line);
    if (options.report !== undefined) {
      const { doctorReport } = await import('../../study/doctor/doctor-report.js');
      await writeReport(options.report, doctorReport(findings));
      console.error(`faceprobe: the report is in ${options.report}`);
    }
    if (proposed !== null && options.write !== undefined) {
      await writeFileAtomic(options.write, `${JSON.stringify(proposed, null, 2)}\n`);
      console.error(`faceprobe: the card is in ${options.write}`);
    } else if (proposed !== null && options.json !== true) {
      console.log(`\n${JSON.stringify(proposed, null, 2)}`);
    }
    if (findings.diagnosis !== null && proposed === null) process.exitCode = exitStatus.failed;
  } finally {
    interrupt.dispose();
  }
}
