import type { Checkout, Ids, Variables } from '../support/ci.js';

/** One build of a system: the variables that its documentation tells, as they would be set, and its checkout. */
export interface Build {
  readonly build: string;
  readonly env: (ids: Ids) => Variables;
  /** On GitHub, what the event file holds. */
  readonly event?: (ids: Ids) => unknown;
  readonly checkout: Checkout;
  /** The commits that have to be scanned, by name. */
  readonly finds: readonly string[];
  /** What the report says of it. */
  readonly says?: string;
  readonly args?: readonly string[];
}

export const ZEROS = '0'.repeat(40);
export const branch = (name: string): Checkout => ({ ref: `refs/heads/${name}` });
export const merged: Checkout = { ref: 'refs/pull/1/merge' };
export const unmerged: Checkout = { ref: 'refs/pull/1/head' };
export const tag: Checkout = { ref: 'refs/tags/v1' };
/** As git clone leaves it. */
export const cloned = (checkout: Checkout): Checkout => ({ ...checkout, hasDefault: true });
/** Of the tag: its commit and its message. */
export const TAGGED = ['tag v1', 'tagged'];
export const ALL_OF_MAIN = ['main', 'old'];
export const FORCED = 'as after a forced push';
