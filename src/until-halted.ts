import type { UserError } from './user-error.js';

/** Gets ready to end a run from outside; what it gives back undoes that. */
export type Arm = (halt: (error: UserError) => void) => () => void;

/**
 * Does work to its end, or until it is halted: then it fails with the error given, whatever the work is at. Whoever
 * calls this closes the git that the work waits for, which ends it.
 */
export async function untilHalted<T>(work: () => Promise<T>, arm: Arm): Promise<T> {
  let error: UserError | undefined;
  let disarm = (): void => {};
  const halted = new Promise<never>((_, fail) => {
    disarm = arm((reason) => {
      error = reason;
      fail(reason);
    });
  });
  try {
    const result = await Promise.race([work(), halted]);
    await untilAsked(); // a signal that came while git was waited for has not been told yet
    if (error !== undefined) throw error;
    return result;
  } catch (cause) {
    // What halts us may have hit git as well, and the news of that may come first.
    await new Promise((done) => setTimeout(() => setImmediate(done), 1)); // behind any timer that is due
    throw error ?? cause;
  } finally {
    disarm();
  }
}

/** Lets node ask once what has come in meanwhile. */
function untilAsked(): Promise<void> {
  return new Promise((done) => setImmediate(() => setImmediate(done)));
}
