import type { Category, Playbook, Severity } from '../detect/detector.js';

/** All that `rotate`, `prevent` and `detectors` know of one provider. */
export interface PlaybookEntry {
  /** The detector's file name without `.ts`: the argument of `leak-guard rotate`. */
  readonly id: string;
  /** The provider's own name. */
  readonly provider: string;
  readonly aliases: readonly string[];
  readonly category: Category;
  readonly about: string;
  readonly docs: string;
  readonly hosts: readonly string[];
  readonly formats: readonly PlaybookFormat[];
  readonly rotate: Playbook;
}

/** A format as far as people need it. */
export interface PlaybookFormat {
  readonly id: string;
  readonly name: string;
  readonly severity: Severity;
  readonly isPublic: boolean;
}
