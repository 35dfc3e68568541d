/**
 * What a long operation tells while it runs. The terminal's bar, plain log lines, the run's log file and the web studio
 * are renderers of this one stream.
 *
 * Order: `started` comes first and `finished` last, once each for every part of the work; between them comes exactly one
 * of `done`, `skipped` and `failed` for every item that was begun, in the order in which items are ready, which differs
 * from run to run. What an event reports is on the disk when it comes. A `note` may come at any time. A part that a
 * thrown error ends has no `finished`.
 */
export type RunEvent =
  /** Items are about to be worked on; `before` of them were done by an earlier, interrupted run. */
  | { readonly type: 'started'; readonly title: string; readonly total: number; readonly before: number }
  | { readonly type: 'done'; readonly item: string }
  /** The item cannot be done, and the user can mend it. */
  | { readonly type: 'skipped'; readonly item: string; readonly reason: string }
  /** The item met a defect of faceprobe. */
  | {
      readonly type: 'failed';
      readonly item: string;
      readonly reason: string;
      readonly stack: string | undefined;
    }
  /** Something that a reader of the results should know. */
  | { readonly type: 'note'; readonly level: 'info' | 'warning'; readonly message: string }
  | {
      readonly type: 'finished';
      readonly title: string;
      readonly done: number;
      readonly skipped: number;
      readonly failed: number;
      readonly seconds: number;
      readonly stopped: boolean;
    };

export type Listener = (event: RunEvent) => void;
