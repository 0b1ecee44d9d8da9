import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'RubyGems.org',
  aliases: ['rubygems', 'gem', 'gems'],
  category: 'registry',
  about: 'API keys of RubyGems.org: they publish and yank gems, and change who owns them.',
  docs: 'https://guides.rubygems.org/api-key-scopes/',
  hosts: ['rubygems.org'],
  formats: [
    {
      id: 'rubygems-api-key',
      name: 'RubyGems.org API key',
      severity: 'critical',
      // The prefix and 48 hexadecimal digits, as observed.
      pattern: /rubygems_[0-9a-f]{48}/,
      keywords: ['rubygems_'],
      minEntropy: 2.8,
      sample: 'rubygems_{{hex:48}}',
    },
  ],
  examples: {
    find: [
      '---\n:rubygems_api_key: {{rubygems-api-key}}\n',
      'GEM_HOST_API_KEY={{rubygems-api-key}} gem push acme-1.0.0.gem',
      'curl -H "Authorization:{{rubygems-api-key}}" https://rubygems.org/api/v1/gems.json',
    ],
    ignore: [
      ':rubygems_api_key: <%= ENV["RUBYGEMS_API_KEY"] %>',
      'GEM_HOST_API_KEY: ${{ secrets.RUBYGEMS_API_KEY }}',
      'rubygems_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
  },
  rotate: {
    url: 'https://rubygems.org/profile/api_keys',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-key',
        name: 'API key',
        formats: ['rubygems-api-key'],
        isSecret: true,
        grants: 'What its scopes say: push or yank gems, add or remove owners, manage webhooks.',
        lifetime: 'set by you, or never',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several keys work side by side',
        env: 'RUBYGEMS_API_KEY',
        steps: [
          {
            phase: 'create',
            do: 'Make a new key, for one gem and one scope',
            console: 'Settings > API Keys > New API Key',
            docs: 'scopes',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The key is shown once.',
            docs: 'scopes',
          },
          {
            phase: 'revoke',
            do: 'Delete the leaked key',
            console: 'Settings > API Keys > the key > Delete',
            note: 'Reset deletes all keys of the account.',
            danger: 'irreversible',
            docs: 'scopes',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused',
            call: {
              method: 'GET',
              url: 'https://rubygems.org/api/v1/gems.json',
              headers: { authorization: '{{secret}}' },
              ok: '401',
              errors: ['200: the key still lives', '403: it lives, without the scope for this'],
              provesRevocation: true,
            },
            docs: 'api',
          },
          {
            phase: 'check',
            do: 'Look for versions and owners that you do not know',
            console: 'each gem > Versions; Settings > API Keys > Last access',
            run: 'gem owner <GEM>',
            docs: 'api',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://rubygems.org/api/v1/gems.json',
            headers: { authorization: '{{secret}}' },
            ok: '200',
          },
          live: '200, 403',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Last access of each key',
        where: 'Settings > API Keys',
        lookFor: ['a use that was not yours'],
      },
      {
        kind: 'console',
        title: 'Versions of each gem',
        where: 'the page of the gem > Versions',
        lookFor: ['versions that you did not push, and yanked ones'],
      },
    ],
    risks: [
      'A version of your gem with foreign code is published, and installed by all who depend on it.',
      'Owners are added or removed, so that you lose the gem.',
    ],
    breaks: ['releases from pipelines and machines that have the key'],
    usedIn: ['~/.gem/credentials, ~/.local/share/gem/credentials', 'GEM_HOST_API_KEY', 'RUBYGEMS_API_KEY'],
    practices: [
      'Publish from CI as a trusted publisher: then there is no key.',
      'Ask for a second factor for all that the API does, and limit keys to one gem.',
    ],
    links: [
      { id: 'scopes', title: 'API keys and their scopes', url: 'https://guides.rubygems.org/api-key-scopes/' },
      { id: 'api', title: 'RubyGems.org API', url: 'https://guides.rubygems.org/rubygems-org-api/' },
    ],
  },
} satisfies Detector;
