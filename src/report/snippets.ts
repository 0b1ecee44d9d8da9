import { aws } from './snippets/aws.js';
import { conjur } from './snippets/conjur.js';
import { env } from './snippets/env.js';
import type { Language, Store, StoreGuide } from './snippets/snippet.js';
import { vault } from './snippets/vault.js';
import { wrap } from './wrap.js';

const GUIDES: Readonly<Record<Store, StoreGuide>> = { env, aws, vault, conjur };

/** What a secret is called in each store. */
export interface SecretNames {
  /** The environment variable. */
  readonly env: string;
  /** The provider's id. */
  readonly provider: string;
  /** The credential's id. */
  readonly credential: string;
}

/** The code that reads a secret from a store, alone: what a file in that language would hold. */
export function toSnippet(
  names: SecretNames,
  { store, language }: { readonly store: Store; readonly language: Language },
): string {
  const { provider, credential } = names;
  const values: Readonly<Record<string, string>> = {
    ENV: names.env,
    SECRET_ID: `${provider}/${credential}`,
    VAULT_PATH: provider,
    VAULT_KEY: credential.replaceAll('-', '_'),
    CONJUR_ID: `${provider}/${credential}`,
  };
  const { code } = GUIDES[store].snippets[language];
  return code.replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole);
}

/** The snippet with what one must know to use it: the package, how to authenticate, and the store's own page. */
export function renderSnippet(
  names: SecretNames,
  options: { readonly store: Store; readonly language: Language; readonly width: number },
): string {
  const guide = GUIDES[options.store];
  const { package: name } = guide.snippets[options.language];
  return [
    `${names.env} from ${guide.name}`,
    ...(name === undefined ? [] : wrap(`Package: ${name}`, options.width)),
    '',
    toSnippet(names, options),
    '',
    ...wrap(guide.authentication, options.width),
    guide.docs,
    '',
  ].join('\n');
}
