/**
 * Ctrl-C, and the polite request to end, as an AbortSignal: the first one lets the work under way finish, the second
 * one ends the program at once.
 */
export function interruptSignal(tell: (message: string) => void): {
  signal: AbortSignal;
  dispose: () => void;
} {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    tell('Stopping: what is under way is finished and kept. Press Ctrl-C again to end at once.');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    dispose() {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
