import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Linear',
  aliases: ['linear.app'],
  category: 'other',
  about: 'API keys and OAuth tokens of the issue tracker Linear: they read and write issues as their user.',
  docs: 'https://linear.app/developers/graphql',
  hosts: ['linear.app'],
  formats: [
    {
      id: 'linear-api-key',
      name: 'Linear personal API key',
      severity: 'high',
      // Observed: 48 characters.
      pattern: /lin_api_[A-Za-z0-9]{40}/,
      keywords: ['lin_api_'],
      minEntropy: 3.8,
      sample: 'lin_api_{{alnum:40}}',
    },
    {
      id: 'linear-oauth-token',
      name: 'Linear OAuth access token',
      severity: 'high',
      // Observed.
      pattern: /lin_oauth_[0-9a-f]{64}/,
      keywords: ['lin_oauth_'],
      minEntropy: 3,
      sample: 'lin_oauth_{{hex:64}}',
    },
  ],
  examples: {
    find: [
      "new LinearClient({ apiKey: '{{linear-api-key}}' })",
      'curl -X POST -H "Authorization: {{linear-api-key}}" https://api.linear.app/graphql',
      '{"access_token":"{{linear-oauth-token}}","token_type":"Bearer"}',
    ],
    ignore: [
      'LINEAR_API_KEY=lin_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'apiKey: process.env.LINEAR_API_KEY',
      'lin_api_YOUR_KEY',
    ],
  },
  rotate: {
    url: 'https://linear.app/settings/account/security',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-key',
        name: 'Personal API key',
        formats: ['linear-api-key'],
        isSecret: true,
        grants: 'Read and write what its user can: issues, comments, projects, files; less where the key was limited.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several keys work side by side',
        env: 'LINEAR_API_KEY',
        steps: [
          {
            phase: 'create',
            do: 'Create a new key, limited to what it needs',
            console: 'Settings > Account > Security & access > Personal API keys > New API key',
            docs: 'api',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it',
            note: 'The key is shown once.',
            docs: 'api',
          },
          {
            phase: 'revoke',
            do: 'Revoke the leaked key',
            console: 'Settings > Account > Security & access > the key > Revoke',
            danger: 'irreversible',
            docs: 'api',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused',
            call: {
              method: 'POST',
              url: 'https://api.linear.app/graphql',
              headers: { authorization: '{{secret}}' },
              json: { query: '{ viewer { id } }' },
              ok: '401',
              provesRevocation: true,
            },
            docs: 'api',
          },
          {
            phase: 'check',
            do: 'Look for issues and webhooks that you do not know',
            console: 'Settings > Administration > Audit log',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'POST',
            url: 'https://api.linear.app/graphql',
            headers: { authorization: '{{secret}}' },
            json: { query: '{ viewer { id } }' },
            ok: '200',
          },
          live: '200',
          dead: '401',
        },
      },
      {
        id: 'oauth-token',
        name: 'OAuth access token',
        formats: ['linear-oauth-token'],
        isSecret: true,
        grants: 'What the user allowed the application, or what the application may as an actor of its own.',
        lifetime: 'a day for those with a refresh token; older ones ten years',
        selfRevoke: 'token-only',
        strategy: 'revoke-only',
        overlap: 'authorizing the application again makes a new one',
        env: 'LINEAR_OAUTH_TOKEN',
        url: 'https://linear.app/developers/oauth-2-0-authentication',
        steps: [
          {
            phase: 'revoke',
            do: 'Revoke the token',
            call: {
              method: 'POST',
              url: 'https://api.linear.app/oauth/revoke',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '200',
              errors: ['401: it is no longer valid'],
            },
            danger: 'breaks-clients',
            docs: 'oauth',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'POST',
              url: 'https://api.linear.app/graphql',
              headers: { authorization: 'Bearer {{secret}}' },
              json: { query: '{ viewer { id } }' },
              ok: '401',
              provesRevocation: true,
            },
            docs: 'api',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Audit log',
        where: 'Settings > Administration > Audit log',
        needs: 'an administrator',
        retention: '90 days',
        lookFor: ['keys, webhooks and members that nobody of you added'],
      },
    ],
    risks: [
      'Plans, bugs and security reports that are not public yet are read.',
      'Webhooks are added that send every change elsewhere.',
    ],
    breaks: ['scripts and integrations that use the key'],
    usedIn: ['LINEAR_API_KEY, LINEAR_TOKEN', 'automation tools that are connected to Linear'],
    practices: [
      'Limit keys to single teams and to reading where that will do.',
      'Let applications sign in with OAuth, whose tokens expire.',
    ],
    links: [
      { id: 'api', title: 'GraphQL API: authentication', url: 'https://linear.app/developers/graphql' },
      { id: 'oauth', title: 'OAuth 2.0 authentication', url: 'https://linear.app/developers/oauth-2-0-authentication' },
      { id: 'audit', title: 'Audit log', url: 'https://linear.app/docs/audit-log' },
    ],
  },
} satisfies Detector;
