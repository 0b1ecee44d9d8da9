import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Shopify',
  aliases: ['shopify admin api', 'shopify app'],
  category: 'payments',
  about: 'Access tokens and client secrets of Shopify apps: they read orders and customers, and change the shop.',
  docs: 'https://shopify.dev/docs/apps/build/authentication-authorization',
  hosts: ['shopify.dev', 'shopify.com', 'myshopify.com'],
  formats: [
    {
      id: 'shopify-access-token',
      name: 'Shopify Admin API access token',
      severity: 'critical',
      // The prefixes: https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing
      pattern: /shpat_[0-9a-fA-F]{32}/,
      keywords: ['shpat_'],
      minEntropy: 2.5,
      sample: 'shpat_{{hex:32}}',
    },
    {
      id: 'shopify-custom-app-token',
      name: 'Shopify access token of a custom app',
      severity: 'critical',
      // Of a custom app.
      pattern: /shpca_[0-9a-fA-F]{32}/,
      keywords: ['shpca_'],
      minEntropy: 2.5,
      sample: 'shpca_{{hex:32}}',
    },
    {
      id: 'shopify-private-app-password',
      name: 'Shopify password of a private app (deprecated)',
      severity: 'critical',
      // Private apps became custom apps in 2022.
      pattern: /shppa_[0-9a-fA-F]{32}/,
      keywords: ['shppa_'],
      minEntropy: 2.5,
      sample: 'shppa_{{hex:32}}',
    },
    {
      id: 'shopify-client-secret',
      name: 'Shopify app client secret',
      severity: 'critical',
      // Also called shared secret: it signs webhooks and gets access tokens.
      pattern: /shpss_[0-9a-fA-F]{32}/,
      keywords: ['shpss_'],
      minEntropy: 2.5,
      sample: 'shpss_{{hex:32}}',
    },
    {
      id: 'shopify-user-token',
      name: 'Shopify access token of a user, or theme access password',
      severity: 'high',
      // Observed.
      pattern: /shp(?:ua|tka)_[0-9a-fA-F]{32}/,
      keywords: ['shpua_', 'shptka_'],
      minEntropy: 2.5,
      sample: 'shptka_{{hex:32}}',
    },
    {
      id: 'shopify-partner-token',
      name: 'Shopify Partner API token',
      severity: 'high',
      // Observed.
      pattern: /prtapi_[0-9a-fA-F]{32}/,
      keywords: ['prtapi_'],
      minEntropy: 2.5,
      sample: 'prtapi_{{hex:32}}',
    },
  ],
  examples: {
    find: [
      'curl -H "X-Shopify-Access-Token: {{shopify-access-token}}" https://acme.myshopify.com/admin/api/2026-10/shop.json',
      'SHOPIFY_API_SECRET={{shopify-client-secret}}',
      'https://0123abcd:{{shopify-private-app-password}}@acme.myshopify.com/admin/products.json',
      'shopify theme push --password {{shopify-user-token}} --store acme',
      'const shop = new Shopify({ shopName: "acme", accessToken: "{{shopify-custom-app-token}}" })',
      'curl -H "X-Shopify-Access-Token: {{shopify-partner-token}}" https://partners.shopify.com/1/api/unstable/graphql.json',
    ],
    ignore: [
      '"access_token": "shpat_xxxxx"',
      'SHOPIFY_API_SECRET=shpss_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'accessToken: process.env.SHOPIFY_ACCESS_TOKEN',
      'X-Shopify-Access-Token: {access_token}',
    ],
  },
  rotate: {
    url: 'https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'access-token',
        name: 'Access token of an app or a user',
        formats: [
          'shopify-access-token',
          'shopify-custom-app-token',
          'shopify-private-app-password',
          'shopify-user-token',
          'shopify-partner-token',
        ],
        isSecret: true,
        grants: 'What the scopes of the app say: orders, customers, products, files, themes.',
        lifetime: 'offline tokens until the app is uninstalled; those of client credentials 24 hours',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap:
          'none for one custom app: uninstalling it ends its token; other apps get new tokens with a new client secret',
        env: 'SHOPIFY_ACCESS_TOKEN',
        steps: [
          {
            phase: 'contain',
            do: 'Uninstall the custom app, or rotate its API credentials',
            console: 'Settings > Apps > Develop apps > the app > API credentials',
            note: 'A theme access password: app Theme Access > the password > Delete. A partner token: Partner Dashboard > Settings > Partner API clients.',
            danger: 'breaks-clients',
            docs: 'custom',
          },
          {
            phase: 'create',
            do: 'Install the app again and copy its new token',
            console: 'API credentials > Install app > Reveal token once',
            docs: 'custom',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'custom' },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://<SHOP>.myshopify.com/admin/api/2026-10/shop.json',
              headers: { 'x-shopify-access-token': '{{secret}}' },
              ok: '401',
              errors: ['200 or 403: the token still lives'],
              provesRevocation: true,
            },
            docs: 'admin',
          },
          {
            phase: 'check',
            do: 'Look at the activity log of the shop',
            console: 'Settings > General > Store activity log',
            docs: 'custom',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://<SHOP>.myshopify.com/admin/api/2026-10/shop.json',
            headers: { 'x-shopify-access-token': '{{secret}}' },
            ok: '200',
          },
          live: '200, 403',
          dead: '401',
        },
      },
      {
        id: 'client-secret',
        name: 'Client secret of an app',
        formats: ['shopify-client-secret'],
        isSecret: true,
        grants: 'Get access tokens in every shop that has the app, and sign webhooks in the name of Shopify.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: both secrets count until you revoke the old one',
        env: 'SHOPIFY_CLIENT_SECRET',
        steps: [
          {
            phase: 'create',
            do: 'Rotate: make a second client secret',
            console: 'Dev Dashboard > Apps > the app > Settings > Credentials > Rotate',
            docs: 'rotate',
          },
          {
            phase: 'deploy',
            do: 'Take both secrets for webhooks, the new one for all the rest',
            note: 'Access tokens of each shop are to be exchanged with the new secret before the old one goes.',
            docs: 'rotate',
          },
          {
            phase: 'revoke',
            do: 'Revoke the old client secret',
            console: 'Settings > Credentials > the old secret > Revoke',
            note: 'Access tokens that were made with the old one end with it. In a serious breach revoke first.',
            danger: 'breaks-clients',
            docs: 'rotate',
          },
          {
            phase: 'prove',
            do: 'See that only the new secret is listed',
            console: 'Dev Dashboard > Apps > the app > Settings',
            docs: 'rotate',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Store activity log',
        where: 'Settings > General > Store activity log',
        lookFor: ['changes by the app that you did not make'],
      },
      { kind: 'none', title: 'Reads through the Admin API are not shown', lookFor: [] },
    ],
    risks: [
      'Customers with names, addresses and orders are copied: a breach that may have to be reported.',
      'Scripts that skim cards are put into the theme, or payouts and prices changed.',
    ],
    breaks: ['the app and its webhooks in each shop', 'imports, exports and storefronts that use the token'],
    usedIn: [
      'SHOPIFY_ACCESS_TOKEN, SHOPIFY_ADMIN_TOKEN',
      'SHOPIFY_API_SECRET, SHOPIFY_API_SECRET_KEY',
      'SHOPIFY_CLI_THEME_TOKEN',
    ],
    practices: [
      'Ask for as few scopes as the app needs.',
      'Take expiring tokens: those of client credentials end after a day.',
    ],
    links: [
      {
        id: 'rotate',
        title: 'Rotate or revoke client credentials',
        url: 'https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials',
      },
      { id: 'custom', title: 'Custom apps', url: 'https://help.shopify.com/en/manual/apps/app-types/custom-apps' },
      { id: 'admin', title: 'Admin API: shop', url: 'https://shopify.dev/docs/api/admin-rest/latest/resources/shop' },
    ],
  },
} satisfies Detector;
