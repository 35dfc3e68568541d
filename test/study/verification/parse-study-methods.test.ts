import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Problem } from '../../../src/problem.js';
import { parseStudyMethods } from '../../../src/study/verification/methods/parse-study-methods.js';

it('reads methods with their options and keeps the defaults of the others', () => {
  assert.deepEqual(parseStudyMethods('xssab, corrrise:masks=200:patches=2,xface:patch-sizes=7+28'), [
    { name: 'xssab', options: {} },
    { name: 'corrrise', options: { masks: 200, patches: 2, 'patch-size': 30 } },
    { name: 'xface', options: { 'patch-sizes': [7, 28], stride: 5 } },
  ]);
});

for (const [text, reason] of [
  ['', /none is named/],
  ['xsab', /is no method for pairs \(there are xssab, fggb/],
  ['smoothgrad', /has no sign/],
  ['xssab,fggb,xssab', /named twice/],
  ['xssab:masks=3', /is no option of the method \(xssab has none/],
  ['xface:steps=3', /is no option of the method \(it has patch-sizes, stride/],
  ['corrrise:masks', /whole numbers from 1/],
  ['corrrise:masks=0', /whole numbers from 1/],
  ['corrrise:masks=2.5', /whole numbers from 1/],
  ['corrrise:masks=2+3', /one number only/],
] as const) {
  it(`refuses "${text}"`, () => {
    assert.throws(
      () => parseStudyMethods(text),
      (error) => error instanceof Problem && reason.test(error.message),
    );
  });
}
