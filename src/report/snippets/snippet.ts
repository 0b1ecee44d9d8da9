/** Where a secret can be kept. */
export const STORES = ['env', 'aws', 'vault', 'conjur'] as const;
export type Store = (typeof STORES)[number];

/** The languages that there are snippets for. */
export const LANGUAGES = ['ts', 'python', 'go', 'java', 'ruby', 'csharp'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How one language reads a secret from one store. */
interface Snippet {
  /** The package to install; absent where the language brings all that it takes. */
  readonly package?: string;
  /** Code with `@ENV@`, `@SECRET_ID@`, `@VAULT_PATH@`, `@VAULT_KEY@` and `@CONJUR_ID@` in it. */
  readonly code: string;
}

/** All that there is to say about one store. */
export interface StoreGuide {
  readonly name: string;
  /** How the code proves to the store who it is, one sentence. */
  readonly authentication: string;
  readonly docs: string;
  readonly snippets: Readonly<Record<Language, Snippet>>;
}
