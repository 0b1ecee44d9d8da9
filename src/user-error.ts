/**
 * A failure that the user can mend. Prints as three parts: the problem (message), the evidence (cause, when it is a
 * string), the next step (hint). Anything thrown that is not a UserError is our bug.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What to do next, one sentence, starting with a verb. */
  readonly hint: string;

  /** Tells by name, because each part of the bundle has a class of this name of its own. */
  static is(error: unknown): error is UserError {
    return error instanceof Error && error.name === 'UserError' && 'hint' in error;
  }

  constructor(problem: string, hint: string, options?: ErrorOptions) {
    super(problem, options);
    this.hint = hint;
  }
}
