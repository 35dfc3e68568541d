// Runs the command lines that the parent sends, a list at a time, and answers with what each gave.
import { main } from '../../src/cli/main.js';
import type { CommandResult } from './run-commands.js';

const { stdout, stderr } = process;

process.on('message', (commands: string[][]) => {
  void runAll(commands).then((results) => process.send!(results));
});

async function runAll(commands: readonly string[][]): Promise<CommandResult[]> {
  const results: CommandResult[] = [];
  for (const argv of commands) {
    const result = { status: 0, stdout: '', stderr: '' };
    stdout.write = (text: string | Uint8Array) => ((result.stdout += String(text)), true);
    stderr.write = (text: string | Uint8Array) => ((result.stderr += String(text)), true);
    process.exitCode = 0;
    await main(argv);
    results.push({ ...result, status: process.exitCode });
  }
  process.exitCode = 0;
  return results;
}
