import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Sentry',
  aliases: ['sentry.io', 'sentry cli', 'sentry-cli'],
  category: 'other',
  about: 'Auth tokens of Sentry: they upload source maps and releases, and read issues with the data in them.',
  docs: 'https://docs.sentry.io/account/auth-tokens/',
  hosts: ['sentry.io'],
  formats: [
    {
      id: 'sentry-organization-token',
      name: 'Sentry organization auth token',
      severity: 'high',
      // JSON in base64 (time, address, organization), "_", 32 random bytes in base64: https://github.com/getsentry/rfcs/blob/main/text/0091-ci-upload-tokens.md
      pattern: /sntrys_eyJ[A-Za-z0-9+/=_-]{80,500}_[A-Za-z0-9+/]{43}/,
      keywords: ['sntrys_eyJ'],
      minEntropy: 4,
      sample: 'sntrys_eyJ{{alnum:150}}==_{{base64:43}}',
    },
    {
      id: 'sentry-user-token',
      name: 'Sentry personal token',
      severity: 'high',
      // 64 hexadecimal digits, as observed.
      pattern: /sntryu_[0-9a-f]{64}/,
      keywords: ['sntryu_'],
      minEntropy: 3,
      sample: 'sntryu_{{hex:64}}',
    },
    {
      id: 'sentry-integration-token',
      name: 'Sentry token of an integration or application',
      severity: 'high',
      // Internal integrations and applications.
      pattern: /sntry[ia]_[0-9a-f]{64}/,
      keywords: ['sntryi_', 'sntrya_'],
      minEntropy: 3,
      sample: 'sntryi_{{hex:64}}',
    },
    {
      id: 'sentry-legacy-token',
      name: 'Sentry auth token, without prefix',
      severity: 'high',
      // As they were before 2024. A digest is as long, so its name must tell.
      pattern: /[0-9a-f]{64}/,
      near: ['sentry'],
      names: ['token', 'sentry api key'],
      minEntropy: 3,
      sample: '{{hex:64}}',
    },
  ],
  examples: {
    find: [
      'SENTRY_AUTH_TOKEN={{sentry-organization-token}}',
      '[auth]\ntoken={{sentry-user-token}}\n\n[defaults]\nurl=https://sentry.io/\n',
      'sentry-cli --auth-token {{sentry-legacy-token}} releases list',
      "sentryVitePlugin({ org: 'acme', authToken: '{{sentry-legacy-token}}' })",
      'curl -H "Authorization: Bearer {{sentry-integration-token}}" https://sentry.io/api/0/projects/',
    ],
    ignore: [
      'SENTRY_AUTH_TOKEN=sntrys_YOUR_TOKEN_HERE',
      'authToken: process.env.SENTRY_AUTH_TOKEN',
      'SENTRY_DSN=https://0123456789abcdef0123456789abcdef@o0.ingest.sentry.io/0',
      'sentry-cli_linux sha256: {{sentry-legacy-token}}',
      'SENTRY_RELEASE={{sentry-legacy-token}}',
    ],
  },
  rotate: {
    url: 'https://sentry.io/settings/account/api/auth-tokens/',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'token',
        name: 'Personal or integration token',
        formats: ['sentry-user-token', 'sentry-integration-token', 'sentry-legacy-token'],
        isSecret: true,
        grants:
          'What its scopes say, in every project that its user or integration sees: issues, members, releases, settings.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'SENTRY_AUTH_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Create a new token with the scopes that it needs',
            console:
              'User settings > Personal Tokens > Create New Token; Settings > Custom Integrations > the integration > New Token',
            docs: 'tokens',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The token is shown once.',
            docs: 'tokens',
          },
          {
            phase: 'revoke',
            do: 'Remove the leaked token',
            console: 'the same list > the token > Revoke',
            danger: 'breaks-clients',
            docs: 'tokens',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://sentry.io/api/0/organizations/',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200 or 403: the token still lives'],
              provesRevocation: true,
            },
            docs: 'api',
          },
          {
            phase: 'check',
            do: 'Read the audit log of the organization',
            console: 'Settings > Audit Log',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://sentry.io/api/0/organizations/',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200, 403',
          dead: '401',
        },
      },
      {
        id: 'organization-token',
        name: 'Organization token',
        formats: ['sentry-organization-token'],
        isSecret: true,
        grants: 'Create releases and upload source maps and debug files, in all projects of the organization.',
        lifetime: 'does not expire',
        maxActive: 'as many as you like',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'SENTRY_AUTH_TOKEN',
        url: 'https://docs.sentry.io/account/auth-tokens/#organization-auth-tokens',
        steps: [
          {
            phase: 'create',
            do: 'Create a new organization token',
            console: 'Settings > Developer Settings > Organization Tokens > Create New Token',
            docs: 'tokens',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The token is shown once.',
            docs: 'tokens',
          },
          {
            phase: 'revoke',
            do: 'Revoke the leaked token; the list shows how it ends',
            console: 'Settings > Developer Settings > Organization Tokens > Revoke',
            note: 'An OAuth application with org:tokens can do it by API, no other token.',
            danger: 'breaks-clients',
            docs: 'tokens',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            run: 'sentry-cli info',
            note: 'With the old token in SENTRY_AUTH_TOKEN: "Invalid token".',
            docs: 'cli',
          },
          {
            phase: 'check',
            do: 'Read the audit log of the organization',
            console: 'Settings > Audit Log',
            docs: 'audit',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Audit log of the organization',
        where: 'Settings > Audit Log',
        needs: 'owner or manager',
        lookFor: ['tokens, members and integrations that nobody of you added', 'releases and uploads at odd times'],
      },
    ],
    risks: [
      'Issues are read: they hold addresses, headers and whatever else your code put into them.',
      'Foreign source maps and releases are uploaded, alerts are switched off.',
    ],
    breaks: ['builds that upload source maps', 'dashboards and bots that read issues'],
    usedIn: ['SENTRY_AUTH_TOKEN', '.sentryclirc, sentry.properties', 'plugins of webpack, Vite, Gradle and fastlane'],
    practices: [
      'Give builds organization tokens, which can do little else than upload.',
      'Leave personal tokens to people, with few scopes.',
    ],
    gotchas: ['A DSN is public: it only sends events.'],
    links: [
      { id: 'tokens', title: 'Auth tokens', url: 'https://docs.sentry.io/account/auth-tokens/' },
      { id: 'api', title: 'Authentication of the API', url: 'https://docs.sentry.io/api/auth/' },
      { id: 'cli', title: 'sentry-cli: authentication', url: 'https://docs.sentry.io/cli/configuration/' },
      {
        id: 'audit',
        title: 'Revoke an organization token, which the audit log records',
        url: 'https://docs.sentry.io/api/organizations/revoke-an-org-auth-token/',
      },
    ],
  },
} satisfies Detector;
