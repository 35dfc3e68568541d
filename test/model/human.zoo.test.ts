import { before, describe, it } from 'node:test';
import { photographs } from '../../src/model/zoo/entries/photographs.js';
import { human } from '../../src/model/zoo/entries/human.js';
import { fetchFiles } from '../../src/model/zoo/fetch-files.js';
import { photographsOf, type Photograph } from './faces.js';
import { sameAsTfjsOnFace } from './tfjs-reference.js';

describe('the TensorFlow.js networks of the zoo give on a face what TensorFlow.js gives (1e-4 of the largest)', () => {
  let photograph: Photograph;
  before(async () => {
    const [file] = await fetchFiles(photographs[0]);
    [photograph] = await photographsOf([file]);
  });

  for (const entry of human) it(entry.name, () => sameAsTfjsOnFace(entry, photograph));
});
