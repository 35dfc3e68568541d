import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { ThresholdSummary } from '../../src/study/verification/threshold/summarise-scores.js';
import { runCommands } from '../cli/run-commands.js';

const data = process.env.FACEPROBE_DATA;

/** The threshold step as a newcomer runs it, on photographs of two public data sets. */
describe(
  'verification threshold on real faces',
  { skip: data === undefined && 'FACEPROBE_DATA is not set' },
  () => {
    const root = mkdtempSync(join(tmpdir(), 'faceprobe-verification-'));
    after(() => rmSync(root, { recursive: true }));
    const sets = [
      { set: 'frll', genuine: 66, impostor: 132, identities: 66, targets: 2, eer: 0.01 },
      { set: 'lfw10', genuine: 225, impostor: 110, identities: 5, targets: 2, eer: 0.05 },
    ];

    it('scores every pair, tells persons apart, and refuses what the pairs cannot support', async () => {
      const results = await runCommands(
        sets.map(({ set }) => [
          ...['verification', 'threshold', '--pairs', join(data!, set, 'pairs.csv'), '--model', 'fr_feature'],
          ...['--strict', '--quiet', '--json', '--output', join(root, set)],
        ]),
      );
      for (const [at, expected] of sets.entries()) {
        const { status, stdout, stderr } = results[at];
        assert.equal(status, 0, stderr);
        const summary = JSON.parse(stdout) as ThresholdSummary;
        const { genuine, impostor, identities, lost, thresholds, measures } = summary;
        assert.deepEqual(
          [genuine, impostor, identities, lost],
          [expected.genuine, expected.impostor, expected.identities, 0],
        );
        assert.equal(thresholds.filter(({ threshold }) => threshold !== null).length, expected.targets);
        assert.ok(measures[0].value <= expected.eer, `EER ${measures[0].value}`);
        const rows = readFileSync(join(root, expected.set, 'threshold', 'scores.csv'), 'utf8').split('\n');
        assert.equal(rows.length, expected.genuine + expected.impostor + 2);
      }
    });
  },
);
