import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluatedSystems, parseNamedFile } from '../../../src/study/evaluate/evaluated-systems.js';
import { attackWords, isAccepted, pairWords, requireNames } from '../../../src/study/evaluate/label-words.js';
import { parseSpeciesRule, speciesOf } from '../../../src/study/evaluate/species-rule.js';
import { parseThresholdRule, ruleInWords } from '../../../src/study/evaluate/threshold-rule.js';

describe('parseThresholdRule', () => {
  it('reads rules in any case, by the names of both standards', () => {
    assert.deepEqual(parseThresholdRule('EER'), { kind: 'eer' });
    assert.deepEqual(parseThresholdRule('bpcer=0.05'), { kind: 'bpcer', target: 0.05 });
    assert.deepEqual(parseThresholdRule('MACER=0.1'), { kind: 'apcer', target: 0.1 });
    assert.deepEqual(parseThresholdRule('bscer=0.1'), { kind: 'bpcer', target: 0.1 });
    assert.deepEqual(parseThresholdRule('-0.5'), { kind: 'given', threshold: -0.5 });
    assert.equal(ruleInWords({ kind: 'fmr', target: 0.001 }), 'FMR 0.001');
  });

  it('refuses the rest', () => {
    for (const text of ['', 'err', 'bpcer', 'bpcer=', 'bpcer=0', 'bpcer=5', 'acer=0.1', 'NaN', 'Infinity']) {
      assert.throws(
        () => parseThresholdRule(text),
        /rate between 0 and 1|no way to choose a threshold/,
        text,
      );
    }
  });
});

describe('labels', () => {
  it('are told by names, whatever their spelling', () => {
    const words = attackWords(undefined);
    for (const label of ['bona fide', 'Bona_Fide', 'LIVE', 'real'])
      assert.equal(isAccepted(label, words), true);
    for (const label of ['print', 'spoof', '0']) assert.equal(isAccepted(label, words), false);
    assert.equal(isAccepted('1', attackWords(['1'])), true);
    assert.equal(isAccepted('live', attackWords(['1'])), false);
    assert.equal(isAccepted('perhaps', pairWords(undefined)), undefined);
    assert.equal(isAccepted('0', pairWords(['1'])), false);
  });

  it('that are numbers are refused until they are named', () => {
    const about = { option: '--bona-fide', kind: 'bona fide' };
    assert.throws(
      () => requireNames('s.csv', new Set(['1', '0']), attackWords(undefined), about),
      /s\.csv: none of its labels is known to mean bona fide; they are: 0, 1 \(name those that do, such as --bona-fide 0\)/,
    );
    requireNames('s.csv', new Set(['1', '0']), attackWords(['1']), about);
  });
});

describe('speciesOf', () => {
  const facts = (path: string, label?: string, columns: Record<string, string> = {}) => ({
    path,
    label,
    columns,
  });

  it('reads the column of the species, else the label, else nothing more than attack', () => {
    assert.equal(speciesOf(facts('a', 'spoof', { Attack_Type: 'print' }), undefined), 'print');
    assert.equal(speciesOf(facts('a', 'replay', { attack_type: '' }), undefined), 'replay');
    assert.equal(speciesOf(facts('a', 'spoof'), undefined), 'attack');
  });

  it('reads a column, a folder or expressions where it is told to', () => {
    const of = (rule: string, path: string, columns = {}) =>
      speciesOf(facts(path, 'attack', columns), parseSpeciesRule(rule));
    assert.equal(of('column:Device', 'a', { device: 'phone' }), 'phone');
    assert.equal(of('column:Device', 'a'), undefined);
    assert.equal(of('folder', 'x/spoof/print/a.png'), 'print');
    assert.equal(of('folder', 'x/print/spoof/a.png'), 'print');
    assert.equal(of('print,repl.y', 'x/replay_01/a.png'), 'repl.y');
    assert.equal(of('print,repl.y', 'x/mask/a.png'), undefined);
    assert.throws(() => parseSpeciesRule('print,('), /\(: is no regular expression/);
    assert.throws(() => parseSpeciesRule('print,'), /empty expression/);
  });
});

describe('evaluatedSystems', () => {
  const systems = (scores: string[], development: string[] = []) =>
    evaluatedSystems(scores.map(parseNamedFile), development.map(parseNamedFile));

  it('names systems by their files, or as they are told to', () => {
    assert.deepEqual(systems(['before=a/x.csv', 'b/after.csv'], ['d.csv', 'after=e.csv']), [
      { name: 'before', file: 'a/x.csv', development: 'd.csv' },
      { name: 'after', file: 'b/after.csv', development: 'e.csv' },
    ]);
    assert.equal(systems(['a/b=c/x.csv'])[0].file, 'a/b=c/x.csv', 'a folder may hold =');
  });

  it('refuses names that collide, leave the folder, or are of no system', () => {
    assert.throws(() => systems(['a/x.csv', 'b/x.csv']), /x: is the name of two score files/);
    assert.throws(() => systems(['..=x.csv']), /cannot be the name of a system/);
    assert.throws(() => systems(['x.csv'], ['y=d.csv']), /names no system/);
    assert.throws(() => systems(['x.csv'], ['d.csv', 'e.csv']), /given twice without a name/);
  });
});
