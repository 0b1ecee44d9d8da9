import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Doppler',
  aliases: ['doppler cli'],
  category: 'secrets-manager',
  about:
    'Tokens of the secrets manager Doppler: each opens the secrets of a config, of a project or of the whole workplace.',
  docs: 'https://docs.doppler.com/reference/auth-token-formats',
  hosts: ['doppler.com'],
  formats: [
    {
      id: 'doppler-service-token',
      name: 'Doppler service token',
      severity: 'critical',
      // The formats: https://docs.doppler.com/reference/auth-token-formats
      pattern: /dp\.st\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}/,
      keywords: ['dp.st.'],
      minEntropy: 3.8,
      sample: 'dp.st.prd.{{alnum:43}}',
    },
    {
      id: 'doppler-account-token',
      name: 'Doppler personal, CLI or service account token',
      severity: 'critical',
      // The same page.
      pattern: /dp\.(?:pt|ct|sa|said)\.[A-Za-z0-9]{40,44}/,
      keywords: ['dp.pt.', 'dp.ct.', 'dp.sa.', 'dp.said.'],
      minEntropy: 3.8,
      sample: 'dp.pt.{{alnum:43}}',
    },
    {
      id: 'doppler-workplace-token',
      name: 'Doppler SCIM or audit token',
      severity: 'high',
      // The same page.
      pattern: /dp\.(?:scim|audit)\.[A-Za-z0-9]{40,44}/,
      keywords: ['dp.scim.', 'dp.audit.'],
      minEntropy: 3.8,
      sample: 'dp.audit.{{alnum:43}}',
    },
  ],
  examples: {
    find: [
      'DOPPLER_TOKEN={{doppler-service-token}} doppler run -- npm start',
      'curl -u "{{doppler-account-token}}:" https://api.doppler.com/v3/me',
      'kubectl create secret generic doppler --from-literal=serviceToken={{doppler-service-token}}',
      'curl -H "Authorization: Bearer {{doppler-workplace-token}}" https://api.doppler.com/v3/workplace/users',
    ],
    ignore: [
      'DOPPLER_TOKEN=dp.st.xxxx',
      'DOPPLER_TOKEN=dp.st.prd.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'doppler run --token ${{ secrets.DOPPLER_TOKEN }}',
      'const size = dp.st.height + dp.pt.width',
    ],
  },
  rotate: {
    url: 'https://dashboard.doppler.com/',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'token',
        name: 'Service, service account, personal or CLI token',
        formats: ['doppler-service-token', 'doppler-account-token', 'doppler-workplace-token'],
        isSecret: true,
        grants:
          'Service: read, or write, the secrets of one config. Service account: what its role says. Personal and CLI: all that the user can reach.',
        lifetime: 'does not expire unless you set a date',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'DOPPLER_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Generate a new token',
            console:
              'Project > config > Access > Service Tokens > Generate; Team > Service Accounts; Tokens > Personal',
            run: 'doppler configs tokens create <NAME> --plain',
            docs: 'formats',
          },
          { phase: 'deploy', do: 'Put it where the old one was used', docs: 'formats' },
          {
            phase: 'revoke',
            do: 'Revoke the leaked token',
            console: 'the same list > the token > Revoke',
            call: {
              method: 'POST',
              url: 'https://api.doppler.com/v3/auth/revoke',
              json: { token: '{{secret}}' },
              ok: '200',
            },
            danger: 'irreversible',
            docs: 'revoke',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://api.doppler.com/v3/me',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200: the token still lives'],
              provesRevocation: true,
            },
            docs: 'me',
          },
          {
            phase: 'contain',
            do: 'Rotate every secret that it could read',
            note: 'The values were open to whoever had the token, and stay with them.',
            danger: 'breaks-clients',
            docs: 'formats',
          },
          {
            phase: 'prove',
            do: 'See that the services run with the new values',
            run: 'doppler secrets --only-names',
            docs: 'formats',
          },
          {
            phase: 'check',
            do: 'Look in the activity logs for reads that were not yours',
            console: 'the config > Access Logs; Logs',
            docs: 'logs',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.doppler.com/v3/me',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Access logs of a config',
        where: 'Project > config > Access Logs',
        needs: 'a paid plan',
        lookFor: ['reads from addresses you do not know'],
      },
      {
        kind: 'console',
        title: 'Activity logs of the workplace',
        where: 'Logs',
        lookFor: ['tokens, integrations and members that nobody of you added'],
      },
    ],
    risks: [
      'All secrets of the config or of the workplace are read: each of them is a leak of its own.',
      'Secrets are changed, so that your services talk to foreign servers.',
    ],
    breaks: ['services and pipelines that start with doppler run', 'integrations that sync with the token'],
    usedIn: ['DOPPLER_TOKEN', '~/.doppler/.doppler.yaml', 'secret doppler-token-secret of the Kubernetes operator'],
    practices: [
      'Give each environment a read-only service token with an expiry date.',
      'Let CI sign in with a service account identity (OIDC): then no token stands there.',
    ],
    links: [
      { id: 'formats', title: 'Formats of tokens', url: 'https://docs.doppler.com/reference/auth-token-formats' },
      { id: 'revoke', title: 'Revoke a token', url: 'https://docs.doppler.com/reference/auth-revoke' },
      { id: 'me', title: 'Who a token is', url: 'https://docs.doppler.com/reference/auth-me' },
      { id: 'logs', title: 'Activity logs', url: 'https://docs.doppler.com/docs/activity-logs' },
    ],
  },
} satisfies Detector;
