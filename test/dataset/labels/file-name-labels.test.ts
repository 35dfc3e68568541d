import assert from 'node:assert/strict';
import { it } from 'node:test';
import { classOfFolder } from '../../../src/dataset/labels/class-of-folder.js';
import { labelsOfFileName } from '../../../src/dataset/labels/file-name-labels.js';

it('labelsOfFileName reads FRLL names', () => {
  const neutral = { subject: '001', picture: '03', expression: 'neutral' };
  assert.deepEqual(labelsOfFileName('neutral_front/001_03.jpg', 'frll'), neutral);
  assert.deepEqual(labelsOfFileName('x\\173_08.png', 'frll'), {
    subject: '173',
    picture: '08',
    expression: 'smiling',
  });
  assert.deepEqual(labelsOfFileName('001_05.jpg', 'frll'), { subject: '001', picture: '05' });
  for (const name of ['082_061.jpg', '1_03.jpg', 'a001_03.jpg'])
    assert.equal(labelsOfFileName(name, 'frll'), undefined);
});

it('labelsOfFileName reads UTKFace names', () => {
  const labels = { age: '10', gender: 'female', race: 'indian' };
  assert.deepEqual(labelsOfFileName('a/10_1_3_20170104221633430.jpg.chip.jpg', 'utkface'), labels);
  for (const name of ['61_1_20170109142408075.jpg.chip.jpg', '10_2_3_2017.jpg', '10_1_5_2017.jpg', 'x.jpg']) {
    assert.equal(labelsOfFileName(name, 'utkface'), undefined, name);
  }
});

it('classOfFolder takes the nearest folder that names a class', () => {
  const classes = ['bona_fide', 'attack'];
  assert.equal(classOfFolder('attack/Bona Fide/1/a.jpg', classes), 'bona_fide');
  assert.equal(classOfFolder('bona-fide\\x\\a.jpg', classes), 'bona_fide');
  assert.equal(classOfFolder('x/ATTACK/attack.jpg', classes), 'attack');
  assert.equal(classOfFolder('attacks/attack.jpg', classes), undefined);
});
