import { Problem } from '../problem.js';

/** What the terminal shows of an error: one line, without a stack trace unless `debug` is set. */
export function problemLine(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `faceprobe: ${String(error)}`;
  if (error.name === 'AbortError') return 'faceprobe: stopped';
  if (debug) return `faceprobe: ${error.stack ?? error.message}`;
  const line = error.message.replaceAll(/\s*\n\s*/g, ' ');
  if (error instanceof Problem) return `faceprobe: ${line}`;
  return `faceprobe: ${line} (this is a defect of faceprobe; --debug shows where)`;
}
