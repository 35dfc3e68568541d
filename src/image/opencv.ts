import type * as opencv from '@techstark/opencv-js';

/**
 * OpenCV 4.12 compiled to WebAssembly, ready for use. Everything on it is synchronous.
 * The functions of this folder that need it take it as their first argument, so that forgetting to load it
 * is a type error. A class instance made from it (`Mat`, `CascadeClassifier`, ...) lives outside the garbage
 * collector's reach: see `withMats`.
 */
export type OpenCv = (typeof opencv)['default'];

let loading: Promise<OpenCv> | undefined;

/** Loads OpenCV on the first call (about 0.3 s); later calls give the same instance. */
export function loadOpenCv(): Promise<OpenCv> {
  loading ??= load();
  return loading;
}

async function load(): Promise<OpenCv> {
  const removeListeners = watchProcessListeners();
  const { default: module } = await import('@techstark/opencv-js');
  removeListeners();
  const runtime = module as { then?: (ready: () => void) => unknown };
  await new Promise<void>((resolve) => {
    runtime.then?.(() => resolve());
  });
  // The module is a thenable that resolves to itself: a promise that resolved to it would ask it for ever.
  delete runtime.then;
  return module;
}

interface ProcessEvents {
  listeners(event: string): ((...values: never[]) => unknown)[];
  removeListener(event: string, listener: (...values: never[]) => unknown): unknown;
}

/**
 * The Emscripten runtime inside opencv.js listens to the whole process: it throws every uncaught exception
 * again, from its own 10 MB source line, and turns every unhandled rejection into an abort of its own.
 * The function that this returns takes away exactly those listeners.
 */
function watchProcessListeners(): () => void {
  const { process } = globalThis as unknown as { process?: Partial<ProcessEvents> };
  const { listeners, removeListener } = process ?? {};
  if (listeners === undefined || removeListener === undefined) {
    return () => undefined;
  }
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = new Map(events.map((event) => [event, new Set(listeners.call(process, event))]));
  return () => {
    for (const event of events) {
      for (const listener of listeners.call(process, event)) {
        const emscripten = /\bExitStatus\b|-s ASSERTIONS/.test(String(listener));
        if (emscripten && before.get(event)?.has(listener) !== true) {
          removeListener.call(process, event, listener);
        }
      }
    }
  };
}
