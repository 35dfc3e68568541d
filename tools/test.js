// Runs the compiled tests with Node's own runner. `node tools/test.js face` runs those whose path contains
// "face". A glob on the command line would do, but Node 20 does not expand one.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../build/test', import.meta.url));
const wanted = process.argv.slice(2);
// Folders of files that take long come first, so that the two lanes end together.
const long = ['study', 'cli', 'model', 'explain', 'onnx'];
const place = (file) => [...long, file.split(sep)[0]].indexOf(file.split(sep)[0]);
const files = readdirSync(root, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.test.js') && wanted.every((part) => file.includes(part)))
  .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
  .map((file) => join(root, file));

if (files.length === 0) {
  console.error(`No test file matches "${wanted.join(' ')}".`);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', ...files], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
