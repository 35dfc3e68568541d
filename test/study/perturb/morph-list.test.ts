import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Problem } from '../../../src/problem.js';
import { type MorphPair, planImages } from '../../../src/study/perturb/morph/morph-list.js';
import { labelsTable, morphsTable } from '../../../src/study/perturb/morph/morph-tables.js';

const pair = (a: string, b: string): MorphPair => ({
  a,
  b,
  identityA: a.split('/')[1].slice(0, 1),
  identityB: b.split('/')[1].slice(0, 1),
});

const settings = { alpha: 0.5, shapeAlpha: 0.4, mode: 'combined', background: 'a' } as const;

describe('the images of a set of morphs', () => {
  it('are named by both photographs, and each photograph is bona fide once', () => {
    const images = planImages(
      [pair('n/1.jpg', 'n/2.jpg'), pair('n/1.jpg', 'n/3.jpg')],
      'photos',
      'png',
      true,
    );
    assert.deepEqual(
      images.map(({ item }) => item.output),
      ['morph/1_2.png', 'morph/1_3.png', 'bonafide/1.png', 'bonafide/2.png', 'bonafide/3.png'],
    );
    assert.deepEqual(images[1].item.fileB?.replaceAll('\\', '/'), 'photos/n/3.jpg');
    assert.equal(images[2].item.fileB, undefined);
  });

  it('are named by whole paths where file names do not tell them apart', () => {
    const [{ item }] = planImages([pair('n/1.jpg', 's/1.jpg')], 'photos', 'jpg', false);
    assert.equal(item.output, 'morph/n_1_s_1.jpg');
  });

  it('are refused where two would have one name', () => {
    assert.throws(
      () => planImages([pair('n/1_2.jpg', 'n/3.jpg'), pair('n/1.jpg', 'n/2_3.jpg')], '', 'png', false),
      Problem,
    );
  });

  it('have tables with both persons of a morph', () => {
    const images = planImages([pair('n/1.jpg', 'n/2.jpg')], 'photos', 'png', true);
    assert.equal(
      labelsTable(images),
      'file,class,identity,second_identity\n' +
        'morph/1_2.png,morph,1,2\nbonafide/1.png,bonafide,1,\nbonafide/2.png,bonafide,2,\n',
    );
    assert.equal(
      morphsTable(images, settings),
      'file,image_a,image_b,identity_a,identity_b,alpha,shape_alpha,mode,background\n' +
        'morph/1_2.png,n/1.jpg,n/2.jpg,1,2,0.5,0.4,combined,a\n',
    );
  });
});
