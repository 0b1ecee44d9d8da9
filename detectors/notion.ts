import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Notion',
  aliases: ['notion.so', 'notion api'],
  category: 'other',
  about: 'Secrets of Notion integrations: they read and write the pages and databases that are shared with them.',
  docs: 'https://developers.notion.com/guides/authorization/overview',
  hosts: ['notion.com', 'notion.so'],
  formats: [
    {
      id: 'notion-integration-token',
      name: 'Notion integration secret',
      severity: 'high',
      // New ones begin with ntn_ since September 2024; 50 characters, as observed.
      pattern: /ntn_[0-9]{10,12}[A-Za-z0-9]{34,36}/,
      keywords: ['ntn_'],
      minEntropy: 3.5,
      sample: 'ntn_{{digits:11}}{{alnum:35}}',
    },
    {
      id: 'notion-legacy-token',
      name: 'Notion integration secret or OAuth client secret, older form',
      severity: 'high',
      // The prefix says little, so Notion must be named nearby.
      pattern: /secret_[A-Za-z0-9]{43}/,
      keywords: ['secret_'],
      near: ['notion'],
      minEntropy: 3.8,
      sample: 'secret_{{alnum:43}}',
    },
  ],
  examples: {
    find: [
      "const notion = new Client({ auth: '{{notion-integration-token}}' })",
      'curl https://api.notion.com/v1/users -H "Authorization: Bearer {{notion-integration-token}}"',
      'NOTION_TOKEN={{notion-legacy-token}}',
      'notion:\n  client_secret: {{notion-legacy-token}}\n',
    ],
    ignore: [
      'NOTION_TOKEN=ntn_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'NOTION_API_KEY=secret_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'auth: process.env.NOTION_TOKEN',
      '"client_secret": "pi_1_secret_abc"',
    ],
  },
  rotate: {
    url: 'https://www.notion.so/profile/integrations',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'integration-secret',
        name: 'Integration secret',
        formats: ['notion-integration-token', 'notion-legacy-token'],
        isSecret: true,
        grants:
          'Read, insert or update the pages and databases that are shared with the integration, as its capabilities say.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'none: refreshing ends the old secret; a second integration can take over first',
        env: 'NOTION_TOKEN',
        steps: [
          {
            phase: 'contain',
            do: 'Refresh the secret of the integration, or delete the integration',
            console: 'Developer portal > the integration (now called connection) > Configuration',
            note: 'An integration that is deleted loses the pages that were shared with it.',
            danger: 'breaks-clients',
            docs: 'auth',
          },
          { phase: 'deploy', do: 'Put the new secret in your secret store and deploy it', docs: 'auth' },
          {
            phase: 'prove',
            do: 'See that the old secret is refused',
            call: {
              method: 'GET',
              url: 'https://api.notion.com/v1/users/me',
              headers: { authorization: 'Bearer {{secret}}', 'notion-version': '2022-06-28' },
              ok: '401',
              provesRevocation: true,
            },
            docs: 'me',
          },
          {
            phase: 'check',
            do: 'Look for pages that the integration changed',
            console: 'each page > ... > Version history',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.notion.com/v1/users/me',
            headers: { authorization: 'Bearer {{secret}}', 'notion-version': '2022-06-28' },
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
        title: 'Audit log of the workspace',
        where: 'Settings > Audit log',
        needs: 'Enterprise plan',
        retention: '365 days',
        lookFor: ['pages exported or shared, integrations added'],
      },
      {
        kind: 'console',
        title: 'Version history of a page',
        where: 'the page > ... > Version history',
        lookFor: ['changes by the integration that you did not make'],
      },
    ],
    risks: [
      'Whatever the integration sees is read: notes, customers, passwords that people wrote into pages.',
      'Pages are changed or emptied.',
    ],
    breaks: ['every script and service that uses the integration'],
    usedIn: ['NOTION_TOKEN, NOTION_API_KEY, NOTION_SECRET', 'automation tools that are connected to Notion'],
    practices: ['Make one integration for each purpose, with few capabilities, and share single pages with it.'],
    links: [
      { id: 'auth', title: 'Authorization', url: 'https://developers.notion.com/guides/authorization/overview' },
      { id: 'me', title: 'Bot user of a token', url: 'https://developers.notion.com/reference/get-self' },
      { id: 'audit', title: 'Audit log', url: 'https://www.notion.com/help/audit-log' },
    ],
  },
} satisfies Detector;
