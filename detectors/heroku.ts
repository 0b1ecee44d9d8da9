import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Heroku',
  aliases: ['heroku api', 'heroku platform api'],
  category: 'cloud',
  about: 'API keys and authorizations of the Heroku platform: they deploy apps and read every config var.',
  docs: 'https://devcenter.heroku.com/articles/authentication',
  hosts: ['heroku.com'],
  formats: [
    {
      id: 'heroku-api-key',
      name: 'Heroku API key',
      severity: 'critical',
      // 65 characters, as observed.
      pattern: /HRKU-AA[A-Za-z0-9_-]{58}/,
      keywords: ['HRKU-AA'],
      minEntropy: 3.5,
      sample: 'HRKU-AA{{base64url:57}}{{alnum:1}}',
    },
    {
      id: 'heroku-prefixed-api-key',
      name: 'Heroku API key, first form with prefix',
      severity: 'critical',
      // A UUID behind the prefix, as observed.
      pattern: /HRKU-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
      keywords: ['HRKU-'],
      sample: 'HRKU-{{uuid}}',
    },
    {
      id: 'heroku-legacy-api-key',
      name: 'Heroku API key, without prefix',
      severity: 'critical',
      // A UUID. Ids of apps, dynos and add-ons are too, so its name must tell.
      pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
      near: ['heroku'],
      names: ['api key', 'heroku key', 'token', 'password', 'authorization', 'heroku secret', '://heroku'],
      sample: '{{uuid}}',
    },
  ],
  examples: {
    find: [
      'curl -n https://api.heroku.com/apps -H "Accept: application/vnd.heroku+json; version=3" -H "Authorization: Bearer {{heroku-api-key}}"',
      'machine api.heroku.com\n  login ana@example.com\n  password {{heroku-prefixed-api-key}}\nmachine git.heroku.com\n',
      'machine api.heroku.com\n  login ana@example.com\n  password {{heroku-legacy-api-key}}\nmachine git.heroku.com\n',
      'git push https://heroku:{{heroku-legacy-api-key}}@git.heroku.com/acme.git main',
      'with:\n  heroku_api_key: {{heroku-legacy-api-key}}\n  heroku_app_name: acme\n',
    ],
    ignore: [
      'HEROKU_API_KEY=HRKU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
      'heroku_api_key: ${{ secrets.HEROKU_API_KEY }}',
      '{"app":{"id":"{{heroku-legacy-api-key}}","name":"heroku-acme"}}',
      'HEROKU_APP_ID={{heroku-legacy-api-key}}',
      'heroku[router]: at=info method=GET path="/" request_id={{heroku-legacy-api-key}}',
    ],
  },
  rotate: {
    url: 'https://dashboard.heroku.com/account',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-key',
        name: 'API key or authorization',
        formats: ['heroku-api-key', 'heroku-prefixed-api-key', 'heroku-legacy-api-key'],
        isSecret: true,
        grants:
          'Deploy, scale and delete apps, run commands in them, and read all config vars, with the secrets in them.',
        lifetime:
          'that of an account until the password changes; an authorization as you set it; of heroku login a year',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like with a second authorization; none for the key of an account',
        env: 'HEROKU_API_KEY',
        steps: [
          {
            phase: 'create',
            do: 'Create a second authorization with the scopes that it needs',
            run: 'heroku authorizations:create --description <NAME> --scope <SCOPES>',
            docs: 'auth',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'auth' },
          {
            phase: 'revoke',
            do: 'Find the leaked authorization and revoke it',
            console:
              'Account settings > API Key > Regenerate; Account settings > Applications > Authorizations > Revoke',
            run: 'heroku authorizations && heroku authorizations:revoke <ID>',
            note: 'Regenerate is for the key that the dashboard shows.',
            danger: 'breaks-clients',
            docs: 'auth',
          },
          {
            phase: 'prove',
            do: 'See that the old key is refused',
            call: {
              method: 'GET',
              url: 'https://api.heroku.com/account',
              headers: { authorization: 'Bearer {{secret}}', accept: 'application/vnd.heroku+json; version=3' },
              ok: '401',
              errors: ['200: the key still lives'],
              provesRevocation: true,
            },
            docs: 'api',
          },
          {
            phase: 'contain',
            do: 'Rotate the config vars of every app that it could read',
            run: 'heroku config -a <APP>',
            note: 'Who had the key had them all: database URLs, keys of other providers.',
            danger: 'breaks-clients',
            docs: 'vars',
          },
          {
            phase: 'prove',
            do: 'See that the apps run with the new config vars',
            run: 'heroku ps -a <APP>',
            docs: 'vars',
          },
          {
            phase: 'check',
            do: 'Look for releases and collaborators that you do not know',
            run: 'heroku releases -a <APP> && heroku access -a <APP>',
            docs: 'auth',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.heroku.com/account',
            headers: { authorization: 'Bearer {{secret}}', accept: 'application/vnd.heroku+json; version=3' },
            ok: '200',
          },
          live: '200; 403: a live one with a narrower scope',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'command',
        title: 'Releases and access of an app',
        where: 'heroku releases; heroku access',
        lookFor: ['releases, config vars and collaborators that nobody of you added'],
      },
      {
        kind: 'console',
        title: 'Audit trail',
        where: 'Enterprise account > Settings > Audit Trail',
        needs: 'Heroku Enterprise',
        lookFor: ['sign-ins and changes from addresses you do not know'],
      },
    ],
    risks: [
      'Config vars are read, and with them the keys of databases and of other providers.',
      'Foreign code is deployed into your apps, or apps and their data are deleted.',
    ],
    breaks: ['pipelines that deploy with the key', 'command lines that are signed in with it'],
    usedIn: ['HEROKU_API_KEY', '~/.netrc', 'HEROKU_AUTH_TOKEN'],
    practices: [
      'Give each pipeline an authorization of its own, with scope and expiry.',
      'Leave deploys to the GitHub integration of Heroku: then no key stands in the pipeline.',
    ],
    links: [
      { id: 'auth', title: 'Authentication', url: 'https://devcenter.heroku.com/articles/authentication' },
      {
        id: 'api',
        title: 'Platform API reference',
        url: 'https://devcenter.heroku.com/articles/platform-api-reference',
      },
      { id: 'vars', title: 'Config vars', url: 'https://devcenter.heroku.com/articles/config-vars' },
    ],
  },
} satisfies Detector;
