import { Command } from 'commander';
import type { VerificationOptions } from '../../../study/verification/verification-options.js';
import {
  addFaceOptions,
  addRunOptions,
  addVerificationOptions,
  addWorkerOptions,
} from '../../options/groups.js';
import { runStudy, type TerminalOptions } from '../../run-study.js';

export function thresholdCommand(): Command {
  const command = new Command('threshold')
    .summary('score the pairs and choose the threshold')
    .description(
      'Aligns and embeds every image of the list once, scores the pairs by cosine, and chooses the threshold that the ' +
        'later steps use. Writes into OUTPUT/threshold: thresholds.csv (FMR and FNMR at EER and at FMR 0.1 to 0.0001, ' +
        'with 95 % intervals), measures.csv, scores.csv, roc.csv, det.csv, histogram.csv, and the aligned faces. Another ' +
        '--at needs no new embeddings.',
    );
  addVerificationOptions(command);
  addFaceOptions(command);
  addRunOptions(addWorkerOptions(command));
  return command.action((options: VerificationOptions & TerminalOptions) =>
    runStudy(
      async () => (await import('../../../study/verification/threshold/threshold.js')).threshold,
      options,
    ),
  );
}
