import { resolve } from 'node:path';
import { Problem } from '../../../problem.js';
import { type DoneStep, doneSteps } from '../done-steps.js';
import { modelName } from '../model-name.js';
import { stepFolder, studyName, type VerificationStep } from '../step-folder.js';
import type { ThresholdSummary } from '../threshold/summarise-scores.js';
import { explainPlots, type ExplainTables, readExplainTables } from './explain-plots.js';
import { patchPlots, type PatchTables, readPatchTables } from './patch-plots.js';
import { readReplaceTables, replacePlots, type ReplaceTables } from './replace-plots.js';
import { type PlotFormat, type StudyPlot, writePlots } from './study-plot.js';
import { readThresholdTables, thresholdPlots, type ThresholdTables } from './threshold-plots.js';

export interface PlotStudiesOptions {
  /** @default ['svg'] */
  readonly formats?: readonly PlotFormat[] | undefined;
  /** The folder of the plots; those of one study lie in the folders of its steps where left out. */
  readonly output?: string | undefined;
}

/**
 * Draws the plots of finished steps anew from their tables. Several studies share the axes of ROC and DET, and have their
 * curves side by side.
 * @param studies the folders of the studies.
 * @returns the files that were written.
 * @throws {Problem} where a folder holds no finished step, or several studies have no folder for their plots.
 */
export async function plotStudies(
  studies: readonly string[],
  { formats = ['svg'], output }: PlotStudiesOptions = {},
): Promise<string[]> {
  const folders = [...new Set(studies.map((study) => resolve(study)))];
  if (folders.length > 1 && output === undefined) {
    throw new Problem('plots of several studies', 'have no folder', 'name one with --output');
  }
  const names = studyNames(folders);
  const threshold: ThresholdTables[] = [];
  const explain: ExplainTables[] = [];
  const patch: PatchTables[] = [];
  const replace: ReplaceTables[] = [];
  for (const [at, study] of folders.entries()) {
    const steps = doneSteps(study);
    if (steps.length === 0) {
      throw new Problem(study, 'holds no finished step of a verification study', 'name the --output of one');
    }
    const name = folders.length === 1 ? modelName(steps[0].record) : names[at];
    for (const step of steps) {
      if (step.step === 'threshold') {
        const tables = await readThresholdTables(name, step.folder, summaryOf(step));
        if (tables !== undefined) threshold.push(tables);
      }
      if (step.step === 'explain') {
        const tables = await readExplainTables(name, step.folder);
        if (tables !== undefined) explain.push(tables);
      }
      if (step.step === 'patch')
        patch.push(await readPatchTables(name, step.folder, summaryOf(step).threshold));
      if (step.step === 'replace') replace.push(await readReplaceTables(name, study));
    }
  }
  const written: string[] = [];
  const write = async (step: VerificationStep, plots: readonly StudyPlot[]) => {
    const folder = output ?? stepFolder(folders[0], step);
    written.push(...(await writePlots(folder, plots, formats)));
  };
  await write('threshold', thresholdPlots('threshold', threshold));
  await write('explain', explainPlots('explain', explain));
  await write('patch', patchPlots('patch', patch));
  await write('replace', replacePlots('replace', replace));
  return written;
}

/** The record of a step that chose or used a threshold. */
function summaryOf({ record }: DoneStep): ThresholdSummary {
  return record.results as unknown as ThresholdSummary;
}

/** The names of the folders, with as much of the path before them as tells them apart. */
function studyNames(folders: readonly string[]): string[] {
  const names = folders.map(studyName);
  return new Set(names).size === names.length
    ? names
    : folders.map((folder) => folder.split(/[\\/]/).slice(-2).join('/'));
}
