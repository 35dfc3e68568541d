/**
 * Something that the user can mend: an unreadable file, a wrong option, a model that lacks an operator.
 * Every interface shows it as one line, `what: why (remedy)`, without a stack trace.
 * Anything else that is thrown is a defect of faceprobe.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The file, option or model that the problem is about. */
  readonly what: string;
  /** Why it cannot be used. */
  readonly why: string;
  /** What the user can do about it. */
  readonly remedy: string | undefined;

  constructor(what: string, why: string, remedy?: string, options?: ErrorOptions) {
    super(`${what}: ${why}${remedy === undefined ? '' : ` (${remedy})`}`, options);
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }
}
