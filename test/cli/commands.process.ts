// Runs several command lines in one process, since starting one is slow, and prints what each gave:
// node commands.process.js '[["crop", "--workers", "0"], ...]'
import { main } from '../../src/cli/main.js';
import type { CommandResult } from './run-commands.js';

const results: CommandResult[] = [];
const { stdout, stderr } = process;
const write = stdout.write.bind(stdout);

for (const argv of JSON.parse(process.argv[2]) as string[][]) {
  const result = { status: 0, stdout: '', stderr: '' };
  stdout.write = (text: string | Uint8Array) => ((result.stdout += String(text)), true);
  stderr.write = (text: string | Uint8Array) => ((result.stderr += String(text)), true);
  process.exitCode = 0;
  await main(argv);
  results.push({ ...result, status: process.exitCode });
}
process.exitCode = 0;
write(JSON.stringify(results));
