// `npm run bench`: every benchmark, one after the other. Each prints ratios against a peer in the same run; where the
// peer (Debian's python3-opencv, python3-matplotlib) is missing it says so and prints our own figures.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.js') && name !== 'run.js')
  .filter((name) => wanted.every((part) => name.includes(part)))
  .sort();

for (const script of scripts) {
  console.log(`\n== ${script.replace('.js', '')}`);
  const { status } = spawnSync(process.execPath, [`${folder}${script}`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
