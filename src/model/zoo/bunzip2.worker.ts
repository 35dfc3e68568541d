import { readFile, writeFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import Bzip2 from '@foxglove/wasm-bz2';

const { source, target, bytes } = workerData as { source: string; target: string; bytes: number };
const bzip2 = await Bzip2.init();
await writeFile(target, bzip2.decompress(await readFile(source), bytes));
