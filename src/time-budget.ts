import type { Arm } from './until-halted.js';
import { UserError } from './user-error.js';

const DEFAULT_SECONDS = 30;
const MOST_SECONDS = 86_400;

/** The value of `--seconds`. */
export function toSeconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SECONDS;
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw new UserError('--seconds takes a number of seconds, up to a day.', 'Write it like this: --seconds 60');
}

/** Ends a run when its time is up: what was not looked at in time was not scanned, and must not pass. */
export function haltAfter(seconds: number): Arm {
  return (halt) => {
    const timer = setTimeout(() => halt(timeIsUp(seconds)), seconds * 1000);
    return () => clearTimeout(timer);
  };
}

function timeIsUp(seconds: number): UserError {
  return new UserError(
    `This push was stopped: ${seconds} ${seconds === 1 ? 'second was' : 'seconds were'} not enough to scan it.`,
    'Push fewer commits at a time, or ask who runs the server to give "leak-guard hook pre-receive --seconds N" more.',
  );
}
