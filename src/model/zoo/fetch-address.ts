import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../../problem.js';
import { bunzip2 } from './bunzip2.js';
import type { AddressSource, FetchOptions, ZooFile } from './catalogue-entry.js';
import { fileSha256 } from './file-sha256.js';

/**
 * Downloads one file. A download that was cut off is taken up where it stopped, in this or a later process.
 * @param target where the file will be; what is written before it is complete lies beside it under other names.
 * @throws Problem where the content is larger than the catalogue says or its checksum is wrong.
 */
export async function fetchAddress(
  { url, compression }: AddressSource,
  file: ZooFile,
  target: string,
  options: FetchOptions,
): Promise<void> {
  const partial = await claimPartial(target);
  try {
    const resumed = await download(url, partial, file, options);
    if (await install(partial, file, target, compression)) return;
    // What an earlier process left may not be the beginning of this file: once more from the start.
    if (resumed) {
      await rm(partial, { force: true });
      await download(url, partial, file, options);
      if (await install(partial, file, target, compression)) return;
    }
  } catch (error) {
    if (!(error instanceof Problem)) await releasePartial(partial, target);
    throw error;
  }
  const actual = await fileSha256(partial);
  await rm(partial, { force: true });
  throw new Problem(
    url,
    `has the wrong checksum: expected SHA-256 ${file.sha256}${compression === 'none' ? `, got ${actual ?? 'nothing'}` : ' after unpacking'}; the file was removed`,
    'try again; if it stays so, the address no longer serves this file',
  );
}

/** Unpacks where needed, checks, and puts the file into its place; false where the checksum is wrong. */
async function install(
  partial: string,
  file: ZooFile,
  target: string,
  compression: AddressSource['compression'],
): Promise<boolean> {
  if (compression === 'none') {
    if ((await fileSha256(partial)) !== file.sha256) return false;
    await rename(partial, target);
    return true;
  }
  const unpacked = `${partial}.unpacked`;
  try {
    await bunzip2(partial, unpacked, file.bytes);
    if ((await fileSha256(unpacked)) !== file.sha256) return false;
    await rename(unpacked, target);
    await rm(partial);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    return false; // not bzip2, or cut off
  } finally {
    await rm(unpacked, { force: true });
  }
}

/** Appends what is missing to the partial file. Returns whether anything was there before. */
async function download(
  url: string,
  partial: string,
  file: ZooFile,
  { onProgress, signal }: FetchOptions,
): Promise<boolean> {
  const present = await stat(partial).then(
    ({ size }) => size,
    () => 0,
  );
  const headers: Record<string, string> = present > 0 ? { range: `bytes=${present}-` } : {};
  const response = await fetch(url, { headers, ...(signal === undefined ? {} : { signal }) });
  if (response.status === 416) return true; // nothing is missing
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the server answers ${response.status} ${response.statusText}`);
  }
  const start = response.status === 206 ? present : 0;
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = Number.isFinite(length) ? start + length : undefined;
  let received = start;
  const limit = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      received += chunk.length;
      onProgress?.({ name: basename(file.path), received, total });
      if (received > file.bytes) {
        done(new Problem(url, `sends more than the ${file.bytes} bytes that the catalogue allows`));
      } else done(null, chunk);
    },
  });
  const sink = createWriteStream(partial, { flags: start > 0 ? 'a' : 'w' });
  try {
    await pipeline(Readable.fromWeb(response.body), limit, sink, { signal });
  } catch (error) {
    if (error instanceof Problem) await rm(partial, { force: true });
    throw error;
  }
  return start > 0;
}

/**
 * A name for the partial file that no other process uses: what an earlier one left is taken over by renaming it, which
 * only one process can do.
 */
async function claimPartial(target: string): Promise<string> {
  const own = `${target}.${process.pid}.${randomUUID().slice(0, 8)}.part`;
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.`) || !name.endsWith('.part')) continue;
    const owner = Number(name.slice(basename(target).length + 1).split('.')[0]);
    if (Number.isInteger(owner) && owner > 0 && isRunning(owner)) continue;
    try {
      await rename(join(dirname(target), name), own);
      return own;
    } catch {
      // another process was faster
    }
  }
  return own;
}

/** Leaves what was received so far for a later download. */
async function releasePartial(partial: string, target: string): Promise<void> {
  await rename(partial, `${target}.0.part`).catch(() => undefined);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
