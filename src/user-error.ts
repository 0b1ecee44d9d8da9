/**
 * A failure that the user can mend. Prints as three parts: the problem (message), the evidence (cause, when it is a
 * string), the next step (hint). Anything thrown that is not a UserError is our bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do next, one sentence, starting with a verb. */
  readonly hint: string;

  constructor(problem: string, hint: string, options?: ErrorOptions) {
    super(problem, options);
    this.hint = hint;
  }
}
