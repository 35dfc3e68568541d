import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Workspace } from '../study/heatmaps/workspace.js';
import { writeStudy } from '../study/verification/pair-study.js';
import { runCommands } from './run-commands.js';

const space = new Workspace();
before(() => writeStudy(space, 3));
after(() => space.remove());

describe('similarity refuses in one line, before any image is explained', () => {
  const run = (output: string, ...more: string[]) => [
    ...['similarity', 'run', '--input-path', space.path('photos'), '--output', space.path(output)],
    ...['--model', space.path('model.onnx'), ...more],
  ];

  it('wrong usage, with status 2', async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [
        ['similarity', 'run', '--input-path', 'a', '--output', 'b'],
        /required option '--model <model\.\.\.>'/,
      ],
      [run('o', '--measures', 'cosine'), /There are tfg-lime, jensen-shannon, pearson, spearman, ssim/],
      [run('o', '--linkages', 'single'), /There are average, ward/],
      [run('o', '--group-by', ','), /one or more names with commas/],
      [run('o', '--limit', '0'), /whole number of at least 1/],
      [['similarity', 'plot', '--output', 'o', '--formats', 'gif'], /There are svg and png/],
    ];
    const results = await runCommands(cases.map(([argv]) => argv));
    for (const [at, [argv, line]] of cases.entries()) {
      assert.match(results[at].stderr, line, argv.join(' '));
      assert.deepEqual([results[at].status, results[at].stderr.split('\n').length], [2, 2]);
    }
  });

  it('what cannot be explained or grouped, with status 1', async () => {
    const unknown = space.write('unknown.csv', 'identity,sex\nstranger,female\n');
    const columns = space.write('columns.csv', 'identity,colour\np0,red\n');
    space.write('again/model.onnx', '');
    const cases: readonly (readonly [string[], RegExp])[] = [
      [
        run('o', '--samples', '5'),
        /samples 5: are too few to weigh 30 segments \(take at least 32, better 1000\)/,
      ],
      [run('o', '--segments', '1'), /segmentation: the whole image is one segment/],
      [
        run('o', '--segmentation', 'grid', '--grid-rows-count', '1', '--grid-columns-count', '1'),
        /segmentation: the whole image is one segment/,
      ],
      [
        run('o', '--card', 'other.onnx=a.json'),
        /card other\.onnx=a\.json: other\.onnx is no model of the study/,
      ],
      [run('o', '--groups', unknown, '--group-by', 'sex'), /unknown\.csv: has no row for any of the persons/],
      [run('o', '--groups', columns, '--group-by', 'sex'), /group sex: is no column of .*columns\.csv/],
      [
        run('o', '--family', 'resnet=deep'),
        /family resnet=deep: names resnet, which is no model of the study/,
      ],
      [run('photos/o'), /the output folder lies in the input folder/],
      [['similarity', 'aggregate', '--output', space.path('none')], /none: holds no similarity study/],
      [['similarity', 'compare', '--output', space.path('none')], /none: holds no finished means/],
      [['similarity', 'plot', '--output', space.path('none')], /none: holds no finished means/],
    ];
    const results = await runCommands(cases.map(([argv]) => argv));
    for (const [at, [argv, line]] of cases.entries()) {
      assert.match(results[at].stderr, line, argv.join(' '));
      assert.deepEqual(
        [results[at].status, results[at].stdout, results[at].stderr.split('\n').length],
        [1, '', 2],
        results[at].stderr,
      );
    }
  });
});
