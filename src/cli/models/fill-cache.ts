import { interruptSignal } from '../../jobs/interrupt.js';
import { listModels } from '../../model/zoo/list-models.js';
import { pullModels } from '../../model/zoo/pull-models.js';
import { exitStatus } from '../exit-status.js';
import { problemLine } from '../problem-line.js';
import { downloadProgress } from './download-progress.js';

export interface FillCacheOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

type Pulled =
  | { readonly name: string; readonly files: readonly string[] }
  | { readonly name: string; readonly error: string };

/** Fetches models of the zoo, all of them where none is named. One that cannot be had does not stop the others. */
export async function fillCache(names: readonly string[], options: FillCacheOptions): Promise<void> {
  const wanted = names.length > 0 ? names : (await listModels()).map(({ name }) => name);
  const interrupt = interruptSignal(() => console.error('Stopping. Press Ctrl-C again to end at once.'));
  const { signal } = interrupt;
  const progress = downloadProgress(process.stderr, options.quiet === true);
  const pulled: Pulled[] = [];
  try {
    for (const name of wanted) {
      try {
        const [[entry, files]] = Object.entries(
          await pullModels([name], { signal, onProgress: progress.show }),
        );
        pulled.push({ name: entry, files });
        progress.end();
        if (options.json !== true) for (const file of files) console.log(file);
      } catch (error) {
        progress.end();
        if (signal.aborted) {
          console.error('faceprobe: stopped; what is complete was kept');
          break;
        }
        const line = problemLine(error, options.debug === true);
        console.error(line);
        pulled.push({ name, error: line });
      }
    }
  } finally {
    interrupt.dispose();
  }
  if (options.json === true) console.log(JSON.stringify(pulled, null, 2));
  if (signal.aborted || pulled.some((entry) => 'error' in entry)) process.exitCode = exitStatus.failed;
}
