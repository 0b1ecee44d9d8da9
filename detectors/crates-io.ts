import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'crates.io',
  aliases: ['crates', 'cargo', 'cratesio', 'rust'],
  category: 'registry',
  about: 'API tokens of crates.io: they publish and yank crates, and change who owns them.',
  docs: 'https://crates.io/docs/trusted-publishing',
  hosts: ['crates.io', 'doc.rust-lang.org', 'rust-lang.github.io'],
  formats: [
    {
      id: 'crates-io-api-token',
      name: 'crates.io API token',
      severity: 'critical',
      // Observed: 32 letters and digits. Without a digit it is a word, or some of them in a row.
      pattern: /cio(?=[A-Za-z0-9]{0,31}[0-9])(?=[a-z0-9]{0,31}[A-Z])(?=[A-Z0-9]{0,31}[a-z])[A-Za-z0-9]{32}/,
      keywords: ['cio'],
      minEntropy: 3.8,
      sample: 'cio{{alnum:15}}{{digits:1}}{{alnum:16}}',
    },
  ],
  examples: {
    find: [
      'cargo login {{crates-io-api-token}}',
      '[registry]\ntoken = "{{crates-io-api-token}}"\n',
      'CARGO_REGISTRY_TOKEN={{crates-io-api-token}} cargo publish',
      'curl -H "Authorization: {{crates-io-api-token}}" https://crates.io/api/v1/me',
    ],
    ignore: [
      'CARGO_REGISTRY_TOKEN: ${{ secrets.CARGO_REGISTRY_TOKEN }}',
      'cioxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'cioAverageCurrentPricePerUnitOfWork',
      'cioAutenticacaoDeUsuarioPeloServidor',
    ],
  },
  rotate: {
    url: 'https://crates.io/settings/tokens',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-token',
        name: 'API token',
        formats: ['crates-io-api-token'],
        isSecret: true,
        grants: 'What its scopes say: publish new crates or versions, yank, change owners. A legacy token: all of it.',
        lifetime: 'set by you: 90 days as offered, or never',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'CARGO_REGISTRY_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Make a new token with scopes and crates',
            console: 'Account Settings > API Tokens > New Token',
            docs: 'scopes',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The token is shown once.',
            docs: 'publish',
          },
          {
            phase: 'revoke',
            do: 'Revoke the leaked token',
            console: 'Account Settings > API Tokens > Revoke',
            note: 'cargo logout forgets it on this machine only.',
            danger: 'irreversible',
            docs: 'logout',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            console: 'Account Settings > API Tokens: it stands there as revoked or no longer',
            note: 'To publish something with it would be proof too, but changes the registry.',
            docs: 'publish',
          },
          {
            phase: 'check',
            do: 'Look for versions and owners that you do not know',
            console: 'the page of each crate > Versions',
            run: 'cargo owner --list <CRATE>',
            docs: 'publish',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Last use of each token',
        where: 'Account Settings > API Tokens',
        lookFor: ['a use that was not yours'],
      },
      {
        kind: 'console',
        title: 'Versions of each crate',
        where: 'the page of the crate > Versions',
        lookFor: ['versions that you did not publish; each says who did'],
      },
    ],
    risks: [
      'A version of your crate with foreign code is published; its build script runs wherever it is compiled.',
      'Owners are changed, so that you lose the crate.',
    ],
    breaks: ['releases from pipelines and machines that have the token'],
    usedIn: ['CARGO_REGISTRY_TOKEN', '~/.cargo/credentials.toml, ~/.cargo/credentials'],
    practices: [
      'Publish from CI as a trusted publisher: then there is no token.',
      'Limit tokens to publish-update and to the crates in question.',
    ],
    links: [
      {
        id: 'publish',
        title: 'Publishing on crates.io',
        url: 'https://doc.rust-lang.org/cargo/reference/publishing.html',
      },
      { id: 'logout', title: 'cargo logout', url: 'https://doc.rust-lang.org/cargo/commands/cargo-logout.html' },
      { id: 'trusted', title: 'Trusted publishing', url: 'https://crates.io/docs/trusted-publishing' },
      {
        id: 'scopes',
        title: 'Scopes of tokens',
        url: 'https://rust-lang.github.io/rfcs/2947-crates-io-token-scopes.html',
      },
    ],
  },
} satisfies Detector;
