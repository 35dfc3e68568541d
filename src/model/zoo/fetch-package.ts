import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pacote from 'pacote';
import type { FetchOptions, PackageSource } from './catalogue-entry.js';
import { npmOptions } from './npm-options.js';

/**
 * Fetches a package and unpacks it into a new temporary folder, which the caller removes.
 * @param workspace an existing folder on the file system where the files will end up.
 * @returns the folder of the package's files.
 */
export async function fetchPackage(
  { package: name, version }: PackageSource,
  workspace: string,
  { onProgress, signal }: FetchOptions,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const temporary = await mkdtemp(join(workspace, '.package-'));
  const remove = () => rm(temporary, { recursive: true, force: true });
  const tarball = join(temporary, 'package.tgz');
  const folder = join(temporary, 'package');
  const spec = `${name}@${version}`;
  try {
    const options = { ...(await npmOptions()), signal };
    await pacote.tarball.stream(
      spec,
      (stream) => {
        let received = 0;
        const count = new Transform({
          transform(chunk: Uint8Array, _encoding, done) {
            received += chunk.length;
            onProgress?.({ name: spec, received, total: undefined });
            done(null, chunk);
          },
        });
        return pipeline(stream, count, createWriteStream(tarball), { signal });
      },
      options,
    );
    await pacote.extract(`file:${tarball}`, folder, options);
    await rm(tarball);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
