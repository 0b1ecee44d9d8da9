/**
 * What there is to know of the command line, as data. The help, the shell completions and the man page are made of it,
 * so that they cannot differ.
 */

/** Where a shell finds the words for a place. */
export type Completes = 'files' | 'refs' | 'range' | 'providers' | 'credentials';

/** A word that a person puts in: the value of an option, or a positional. */
export interface Value {
  /** As it is written in the usage, in capitals. */
  readonly name: string;
  /** All words that are known here. */
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

export interface Option {
  /** Without its dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands behind it; an option without one is a flag. */
  readonly value?: Value;
  readonly isRepeatable?: boolean;
  readonly text: string;
}

export interface Positional extends Value {
  readonly isRepeatable?: boolean;
}

export interface Example {
  /** The whole line, as it is typed. */
  readonly line: string;
  readonly text: string;
}

/** The exit codes that a command can end with, and what each means there. */
export type ExitCodes = Readonly<Partial<Record<'0' | '1' | '2', string>>>;

export interface CommandFacts {
  readonly name: string;
  /** One line of the overview; begins with a verb. */
  readonly summary: string;
  /** The words behind the command's name, one for each way to call it. */
  readonly usage: readonly string[];
  /** Paragraphs. */
  readonly about: readonly string[];
  /** Its own; those of every command come on top, where it has none of the same name. */
  readonly options: readonly Option[];
  readonly positionals: readonly Positional[];
  readonly examples: readonly Example[];
  /** Where they differ from those of a scan. */
  readonly exitCodes?: ExitCodes;
  /** Not for people: at the end of the overview, and not offered by the completions. */
  readonly isInternal?: boolean;
}
