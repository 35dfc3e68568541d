import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { spoofClueNames, spoofClues } from '../../../src/perturb/spoof/clues.js';
import type { SpoofClue } from '../../../src/perturb/spoof/spoof-clue.js';

const page = readFileSync(new URL('../../../../docs/methods/spoof-clues.md', import.meta.url), 'utf8');

describe('docs/methods/spoof-clues.md', () => {
  for (const name of spoofClueNames) {
    it(`has the parameters of ${name} at every severity`, () => {
      const [, section] = page.split(`\n## ${name}\n`);
      const rows = section
        .split('\n## ')[0]
        .split('\n')
        .filter((line) => line.startsWith('| `--'))
        .map((line) => line.split('|').map((cell) => cell.trim()));
      const { parameters, severities }: SpoofClue = spoofClues[name];
      assert.deepEqual(
        rows.map(([, option, ...cells]) => [option, ...cells.slice(0, 5).map(Number)]),
        Object.keys(parameters).map((parameter) => [
          `\`--${parameter.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}\``,
          ...severities.map((set) => set[parameter]),
        ]),
      );
    });
  }
});
