// The detector of morphs of docs/training.md, from photographs to maps: pairs, morphs, a head on minifas128, and what it
// looks at. `node tools/train-morph-detector.js FRLL MINIFAS128.onnx OUTPUT`; the program must be built. Steps that are
// done are not done again.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [frll, minifas128, output] = process.argv.slice(2);
if (output === undefined) {
  console.error('usage: node tools/train-morph-detector.js FRLL MINIFAS128.onnx OUTPUT');
  process.exit(2);
}
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const program = here('../bin/faceprobe.js');
const [pairs, set, detector] = ['pairs.csv', 'morphs', 'mad.onnx'].map((name) => join(output, name));

mkdirSync(output, { recursive: true });
writeFileSync(pairs, run([here('./morph-pairs.js'), frll], 'pipe'));
run([
  ...[program, 'perturb', 'morph', '--pairs', pairs, '--images', frll, '--output', set],
  ...['--bona-fides', '--jpeg', '95'],
]);
run([
  ...[program, 'train', 'head', '--model', minifas128, '--card', here('../docs/cards/minifas128.card.json')],
  ...[
    '--tensor',
    '/conv_4/model/model.1/Add_output_0',
    '--input-size',
    '256',
    '--crop-scale',
    '1.1',
    '--enlarge',
  ],
  ...['--input-path', set, '--labels', join(set, 'labels.csv'), '--task', 'mad', '--bona-fide', 'bonafide'],
  ...['--splits', '0.5,0.2,0.3', '--copies', '2', '--augment', 'flip', '--weight-decay', '0.01'],
  ...['--output', detector],
]);
run([
  ...[program, 'explain', 'occlusion', '--model', detector, '--output', join(output, 'maps')],
  join(set, 'morph', '001_03_100_03.jpg'),
]);

/** Runs a script of this program; ends where it fails. */
function run(command, stdout = 'inherit') {
  const result = spawnSync(process.execPath, command, { stdio: ['ignore', stdout, 'inherit'] });
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout;
}
