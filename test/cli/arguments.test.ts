import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { normaliseArguments } from '../../src/cli/arguments.js';

describe('normaliseArguments', () => {
  it('turns the snake_case options of the source scripts into kebab-case', () => {
    assert.deepEqual(normaliseArguments(['crop', '--input_path', 'a_b', '--grid_rows_count=4']), [
      'crop',
      '--input-path',
      'a_b',
      '--grid-rows-count=4',
    ]);
  });

  it('leaves values, file names and everything after -- alone', () => {
    assert.deepEqual(normaliseArguments(['x', '--fill=my_fill', 'my_file', '--', '--not_an_option']), [
      'x',
      '--fill=my_fill',
      'my_file',
      '--',
      '--not_an_option',
    ]);
  });
});
