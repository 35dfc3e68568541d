// Runs in a worker thread for open-model.zoo.test.ts: opens a model inline and answers with its outputs.
import { parentPort, workerData } from 'node:worker_threads';
import { openModel } from '../../src/model/open-model.js';
import type { Tensors } from '../../src/model/model.js';

const { name, feeds } = workerData as { name: string; feeds: Tensors };
const model = await openModel(name, { inline: true });
parentPort!.postMessage(await model.run(feeds));
await model.close();
