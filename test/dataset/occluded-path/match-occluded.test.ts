import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  matchOccluded as matchWithPlace,
  type OccludedMatch,
  type OccludedMatcher,
} from '../../../src/dataset/occluded-path/match-occluded.js';
import { matchOccludedUpstream as matchUpstreamWithPlace } from '../../../src/dataset/occluded-path/match-occluded-upstream.js';
import { regionNames } from '../../../src/dataset/occluded-path/variant.js';
import { RandomState } from '../../../src/tensor/random.js';

/** A match without the place of the variant's folder. */
type Match =
  Omit<Exclude<OccludedMatch, { reason: string }>, 'at'> | { original?: undefined; reason: string };
const withoutPlace =
  (make: (...of: Parameters<typeof matchWithPlace>) => OccludedMatcher) =>
  (...of: Parameters<typeof matchWithPlace>) => {
    const matcher = make(...of);
    return (path: string): Match => {
      const match = matcher(path);
      return match.original === undefined ? match : { original: match.original, variant: match.variant };
    };
  };
const matchOccluded = withoutPlace(matchWithPlace);
const matchOccludedUpstream = withoutPlace(matchUpstreamWithPlace);

const cell = (original: string, row: number, column: number): Match => ({
  original,
  variant: { kind: 'cell', row, column },
});
const reasonOf = (match: Match): string =>
  match.original === undefined ? match.reason : assert.fail(`matched ${match.original}`);

/** The table of accepted spellings that was worked out from upstream's patterns. */
const spellings: [string, number, number][] = [
  ['r0_c0', 0, 0],
  ['R2_C3', 2, 3],
  ['r10c12', 10, 12],
  ['row0_col0', 0, 0],
  ['row-0-col-0', 0, 0],
  ['row_1_c2', 1, 2],
  ['r1_col2', 1, 2],
  ['cell_3_5', 3, 5],
  ['cell-3-5', 3, 5],
  ['0_1', 0, 1],
];

for (const [name, make] of Object.entries({ matchOccluded, matchOccludedUpstream })) {
  describe(`${name} accepts`, () => {
    for (const [folder, row, column] of spellings) {
      it(folder, () => {
        const match = make(['faces/a.jpg'], 'cell');
        assert.deepEqual(match(`out/${folder}/faces/a.jpg`), cell('faces/a.jpg', row, column));
        assert.deepEqual(match(`out\\${folder}\\faces\\a.jpg`), cell('faces/a.jpg', row, column));
      });
    }

    for (const region of regionNames) {
      it(region, () => {
        const match = make(['faces/a.jpg'], 'region');
        const expected = { original: 'faces/a.jpg', variant: { kind: 'region', region } };
        assert.deepEqual(match(`landmark-occlusion/${region}/faces/a.jpg`), expected);
        assert.deepEqual(match(`landmark-occlusion/${region.toUpperCase()}/faces/a.jpg`), expected);
      });
    }

    it('neither cell35 nor an unknown region', () => {
      assert.ok('reason' in make(['a.jpg'], 'cell')('out/cell35/a.jpg'));
      assert.ok('reason' in make(['a.jpg'], 'region')('out/ear/a.jpg'));
    });
  });
}

describe('matchOccluded, where upstream goes wrong', () => {
  it('accepts r-0_c-0, which upstream announces but does not read', () => {
    const [mended, upstream] = [matchOccluded(['a.jpg'], 'cell'), matchOccludedUpstream(['a.jpg'], 'cell')];
    assert.deepEqual(mended('out/r-0_c-0/a.jpg'), cell('a.jpg', 0, 0));
    assert.ok('reason' in upstream('out/r-0_c-0/a.jpg'));
  });

  it('survives dated folders before and after the variant', () => {
    const originals = ['frll/2024_01/a.jpg', 'frll/082_061.jpg'];
    const paths: [string, Match][] = [
      ['2024_01/grid-occlusion/r1_c2/frll/082_061.jpg', cell('frll/082_061.jpg', 1, 2)],
      ['run_2024-10-01/r1_c2/frll/082_061.jpg', cell('frll/082_061.jpg', 1, 2)],
      ['2024_01/r1_c2/2024_01/a.jpg', cell('frll/2024_01/a.jpg', 1, 2)],
      ['2024_01/1_2/frll/2024_01/a.jpg', cell('frll/2024_01/a.jpg', 1, 2)],
      ['run_2024-10-01/1_2/frll/082_061.jpg', cell('frll/082_061.jpg', 1, 2)],
    ];
    for (const [path, expected] of paths) {
      assert.deepEqual(matchOccluded(originals, 'cell')(path), expected, path);
    }
    const upstream = matchOccludedUpstream(originals, 'cell');
    assert.ok('reason' in upstream('2024_01/grid-occlusion/r1_c2/frll/082_061.jpg'));
  });

  it('never takes a date or a file name for a cell', () => {
    const match = matchOccluded(['a.jpg', '082_061.jpg'], 'cell');
    for (const path of [
      '2024_01/a.jpg',
      'run_2024-10-01/a.jpg',
      '2024-10-01/a.jpg',
      'out/082_061.jpg',
      '082_061.jpg',
    ]) {
      assert.match(reasonOf(match(path)), /no folder of it names a grid cell/, path);
    }
  });

  it('reads a spelling inside a longer folder name', () => {
    const match = matchOccluded(['a.jpg'], 'cell');
    assert.deepEqual(match('out/grid-r3_c4-black/a.jpg'), cell('a.jpg', 3, 4));
    assert.deepEqual(match('out/occluded cell_3_4/a.jpg'), cell('a.jpg', 3, 4));
    assert.deepEqual(match('out/black_3_4/a.jpg'), cell('a.jpg', 3, 4));
    assert.match(reasonOf(match('out/for1c2/a.jpg')), /no folder/);
  });

  it('prefers the surer spelling, then the longer rest', () => {
    const originals = ['x/nose/mouth/a.jpg', 'y/1_2/b.jpg'];
    assert.deepEqual(matchOccluded(originals, 'region')('out/chin/nose/mouth/a.jpg'), {
      original: 'x/nose/mouth/a.jpg',
      variant: { kind: 'region', region: 'chin' },
    });
    assert.deepEqual(matchOccluded(originals, 'cell')('out/r5_c6/1_2/b.jpg'), cell('y/1_2/b.jpg', 5, 6));
    assert.deepEqual(matchOccluded(['b.jpg'], 'cell')('out/3_4/r5_c6/b.jpg'), cell('b.jpg', 5, 6));
  });

  it('refuses what may belong to several originals, naming them', () => {
    const originals = ['real/001.jpg', 'morph/001.jpg', 'other/002.jpg'];
    const match = matchOccluded(originals, 'cell');
    assert.equal(reasonOf(match('out/r0_c0/001.jpg')), 'it may belong to real/001.jpg or morph/001.jpg');
    const many = matchOccluded([...originals, 'third/001.jpg'], 'cell');
    assert.match(reasonOf(many('out/r0_c0/001.jpg')), /real\/001\.jpg or morph\/001\.jpg and 1 more/);
    assert.deepEqual(
      matchOccludedUpstream(originals, 'cell')('out/r0_c0/001.jpg'),
      cell('real/001.jpg', 0, 0),
    );
  });

  it('finds the original of a lossless variant, and tells where its folder stands', () => {
    const match = matchWithPlace(['/d/a.jpg', '/d/b.png', '/d/b.jpg', '/d/c.jpg', '/d/c.bmp'], 'cell');
    const variant = { kind: 'cell', row: 0, column: 1 };
    assert.deepEqual(match('out/r0_c1/a.png'), { original: '/d/a.jpg', variant, at: 1 });
    assert.deepEqual(match('out/r0_c1/b.png'), { original: '/d/b.png', variant, at: 1 });
    assert.deepEqual(match('out/r0_c1/c.png'), { reason: 'it may belong to /d/c.jpg or /d/c.bmp' });
    assert.ok('reason' in match('out/r0_c1/a.tif'));
  });

  it('decides between originals of one name by the folders after, or else before, the variant', () => {
    const match = matchOccluded(['/d/real/001.jpg', '/d/morph/001.jpg'], 'cell');
    assert.deepEqual(match('/out/r0_c0/morph/001.jpg'), cell('/d/morph/001.jpg', 0, 0));
    assert.deepEqual(match('/out/morph/r0_c0/001.jpg'), cell('/d/morph/001.jpg', 0, 0));
    assert.equal(
      reasonOf(match('/out/r0_c0/001.png')),
      'it may belong to /d/real/001.jpg or /d/morph/001.jpg',
    );
    assert.deepEqual(match('/out/morph/r0_c0/001.png'), cell('/d/morph/001.jpg', 0, 0));
    const nested = matchOccluded(['001.jpg', 'sub/001.jpg'], 'cell');
    assert.deepEqual(nested('r0_c0/001.jpg'), cell('001.jpg', 0, 0));
    assert.deepEqual(nested('r0_c0/sub/001.jpg'), cell('sub/001.jpg', 0, 0));
  });

  it('says which end no original has', () => {
    const match = matchOccluded(['faces/a.jpg'], 'cell');
    assert.equal(
      reasonOf(match('out/r0_c0/faces/b.jpg')),
      'no original path ends in "faces/b.jpg", which follows the folder r0_c0',
    );
  });

  it('gives the original back in the spelling of its own file', () => {
    const match = matchOccluded(['C:\\data\\faces\\a.jpg'], 'cell');
    assert.deepEqual(match('out/r0_c0/faces/a.jpg'), cell('C:\\data\\faces\\a.jpg', 0, 0));
  });
});

describe('matchOccluded on random trees as occlude writes them', () => {
  it('finds every original, under any parent folder and either separator', () => {
    const random = new RandomState(8);
    const words = [
      'real',
      'morph',
      '2024_01',
      '12-31',
      'session',
      '0_1',
      'nose',
      'frll',
      'mouth',
      'cell',
      'r',
      'x y',
    ];
    const pick = <T>(items: readonly T[]): T => items[random.integer(0, items.length)];
    const folders = (most: number): string[] =>
      Array.from({ length: random.integer(0, most + 1) }, () => pick(words));
    for (let trial = 0; trial < 300; trial++) {
      const relative = new Set(
        Array.from({ length: 12 }, () =>
          [...folders(3), `${random.integer(1, 4)}_${random.integer(1, 4)}.jpg`].join('/'),
        ),
      );
      const match = {
        cell: matchOccluded([...relative], 'cell'),
        region: matchOccluded([...relative], 'region'),
      };
      const root = [...folders(2), 'out'].filter((word) => word !== 'nose' && word !== 'mouth').join('/');
      const separator = pick(['/', '\\']);
      for (const original of relative) {
        const [row, column] = [random.integer(0, 20), random.integer(0, 20)];
        const path = `${root}/grid-occlusion/r${row}_c${column}/${original}`.replaceAll('/', separator);
        assert.deepEqual(match.cell(path), cell(original, row, column), path);
        const region = `${root}/landmark-occlusion/left_eye/${original}`.replaceAll('/', separator);
        assert.deepEqual(
          match.region(region),
          { original, variant: { kind: 'region', region: 'left_eye' } },
          region,
        );
      }
    }
  });
});
