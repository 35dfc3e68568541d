import { Command } from 'commander';
import type { DemoOptions } from '../../study/demo/demo.js';
import { addRunOptions, addWorkerOptions } from '../options/groups.js';
import { runStudy, type TerminalOptions } from '../run-study.js';

export function demoCommand(): Command {
  const command = new Command('demo')
    .summary('the main job end to end on photographs that are fetched with the models')
    .description(
      'Fetches the default models and six photographs, finds the faces, explains a liveness network and a recognition ' +
        'network, and prints where the report lies.',
    )
    .option('--output <folder>', 'where the results go; the only place that is written to', 'faceprobe-demo');
  addRunOptions(addWorkerOptions(command));
  return command.action((options: DemoOptions & TerminalOptions) =>
    runStudy(async () => (await import('../../study/demo/demo.js')).demo, options),
  );
}
