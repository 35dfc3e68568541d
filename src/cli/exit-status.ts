/** What the program's exit status means; part of the interface that scripts rely on. */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  /** Done, but inputs were skipped or failed and `--strict` was given. */
  incomplete: 3,
} as const;
