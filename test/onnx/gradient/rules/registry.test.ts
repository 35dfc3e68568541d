import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { rules } from '../../../../src/onnx/gradient/rules/index.js';

it('docs/gradient.md lists every operator that has a rule, and no other', async () => {
  const page = await readFile(new URL('../../../../../docs/gradient.md', import.meta.url), 'utf8');
  const [, section] = page.split('\n## Operators\n');
  const table = section
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => /^\| [a-z]/.test(line));
  const listed = table.flatMap((line) => [...line.matchAll(/`([A-Z]\w+)`/g)].map(([, operator]) => operator));
  assert.deepEqual([...listed].sort(), Object.keys(rules).sort());
});
