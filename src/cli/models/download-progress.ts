import progress, { type SingleBar } from 'cli-progress';
import type { FetchProgress } from '../../model/zoo/catalogue-entry.js';
import { fileSize } from './file-size.js';

/** Shows downloads one after the other: a bar on a terminal, elsewhere a line when each begins. */
export function downloadProgress(
  stream: NodeJS.WriteStream,
  quiet: boolean,
): { readonly show: (progress: FetchProgress) => void; readonly end: () => void } {
  let shown: string | undefined;
  let bar: SingleBar | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
    shown = undefined;
  };
  const show = ({ name, received, total }: FetchProgress) => {
    if (quiet) return;
    if (shown !== name) {
      end();
      shown = name;
      if (stream.isTTY) bar = downloadBar(stream, name, total);
      else stream.write(`fetching ${name}${total === undefined ? '' : ` (${fileSize(total)})`}\n`);
    }
    bar?.update(received, { done: fileSize(received) });
  };
  return { show, end };
}

function downloadBar(stream: NodeJS.WriteStream, name: string, total: number | undefined): SingleBar {
  const bar = new progress.SingleBar({
    stream,
    // A registry does not say how large a package is.
    format: total === undefined ? `${name} {done}` : `${name} {bar} {done}/${fileSize(total)}`,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  bar.start(total ?? 0, 0, { done: '' });
  return bar;
}
