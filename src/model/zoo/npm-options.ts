import { dirname, join } from 'node:path';
import Config from '@npmcli/config';
import settings from '@npmcli/config/lib/definitions/index.js';
import type { Options } from 'pacote';

/**
 * The user's own npm configuration, as npm itself reads it (built in, global, user and project `.npmrc`, environment):
 * registry, proxy, certificates, credentials and cache. Nothing of a fetched package is ever executed.
 */
export async function npmOptions(): Promise<Options> {
  const config = new Config({
    ...settings,
    npmPath: npmFolder(),
    argv: [],
    // A copy: npm writes its settings back into the environment that it is given.
    env: { ...process.env },
  });
  await config.load();
  const options: Options & { ignoreScripts: boolean } = { ...config.flat, ignoreScripts: true };
  // npm's own pauses (10 s, then 60 s) would leave a user without network in the dark for more than a minute.
  const retry = { ...options.retry };
  if (config.isDefault('fetch-retry-mintimeout')) retry.minTimeout = 1000;
  if (config.isDefault('fetch-retry-maxtimeout')) retry.maxTimeout = 5000;
  return { ...options, retry };
}

/** Where Node's installer puts npm, whose built-in `npmrc` a distribution may have changed. */
function npmFolder(): string {
  const folder = dirname(process.execPath);
  return process.platform === 'win32'
    ? join(folder, 'node_modules', 'npm')
    : join(folder, '..', 'lib', 'node_modules', 'npm');
}
