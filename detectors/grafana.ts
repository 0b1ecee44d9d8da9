import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Grafana',
  aliases: ['grafana cloud', 'grafana labs', 'grafana-cloud', 'loki', 'mimir', 'tempo'],
  category: 'other',
  about:
    'Tokens of a Grafana server and of Grafana Cloud: they read and change dashboards, data sources and telemetry.',
  docs: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
  hosts: ['grafana.com', 'grafana.net'],
  formats: [
    {
      id: 'grafana-service-account-token',
      name: 'Grafana service account token',
      severity: 'high',
      // https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
      pattern: /glsa_[A-Za-z0-9]{32}_[0-9A-Fa-f]{8}/,
      keywords: ['glsa_'],
      minEntropy: 3.6,
      proof: 'grafana-crc32',
      sample: 'glsa_{{base62:32}}_{{hex:8}}',
    },
    {
      id: 'grafana-cloud-token',
      name: 'Grafana Cloud access policy token',
      severity: 'high',
      // "glc_" and base64 of a JSON object (observed).
      pattern: /glc_eyJ[A-Za-z0-9+/_-]{37,500}={0,2}/,
      keywords: ['glc_eyJ'],
      minEntropy: 3.5,
      proof: 'json-base64',
      sample: 'glc_eyJ{{base64:120}}',
    },
    {
      id: 'grafana-api-key',
      name: 'Grafana API key (legacy)',
      severity: 'high',
      // Base64 of {"k":"32 characters","n":"name","id":1}: grafana.com/docs/grafana/latest/developers/http_api/auth/
      pattern: /eyJrIjoi[A-Za-z0-9+/]{43}iLCJuIjoi[A-Za-z0-9+/]{8,300}={0,2}/,
      keywords: ['eyJrIjoi'],
      minEntropy: 3.3,
      proof: 'json-base64',
      // Digits, because they decode to bytes that may stand in a JSON text.
      sample: 'eyJrIjoi{{digits:40}}eHkiLCJuIjoi{{digits:12}}IiwiaWQiOjF9',
    },
  ],
  examples: {
    find: [
      'curl -H "Authorization: Bearer {{grafana-service-account-token}}" https://grafana.acme.test/api/dashboards/home',
      'provider "grafana" {\n  url  = "https://acme.grafana.net"\n  auth = "{{grafana-service-account-token}}"\n}',
      'GRAFANA_API_KEY={{grafana-api-key}}',
      'loki.write "cloud" {\n  endpoint {\n    basic_auth {\n      username = "1234"\n      password = "{{grafana-cloud-token}}"\n    }\n  }\n}',
      'url: https://1234:{{grafana-cloud-token}}@logs-prod-eu-west-0.grafana.net/api/prom/push',
      'api = GrafanaApi.from_url(url="https://grafana.acme.test", credential=TokenAuth(token="{{grafana-service-account-token}}"))',
    ],
    ignore: [
      'GRAFANA_TOKEN=glsa_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_xxxxxxxx',
      'auth = var.grafana_service_account_token',
      'password: glc_<your-token>',
      'Authorization: Bearer eyJrIjoi...',
      'if (token.startsWith("glc_eyJ")) return "cloud";',
    ],
  },
  rotate: {
    url: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'service-account-token',
        name: 'Service account token',
        formats: ['grafana-service-account-token', 'grafana-api-key'],
        isSecret: true,
        grants: 'Do what the role of the service account allows: Viewer, Editor or Admin, or custom permissions.',
        lifetime: 'set when it is made; by default it does not expire',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: a service account has many tokens',
        env: 'GRAFANA_SERVICE_ACCOUNT_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Add a second token to the same service account',
            console: 'Administration > Users and access > Service accounts > the account > Add service account token',
            note: 'The token is shown once. Give it an expiry date.',
            docs: 'service-accounts',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'service-accounts' },
          {
            phase: 'revoke',
            do: 'Delete the leaked token',
            console: 'Administration > Users and access > Service accounts > the account > Delete',
            call: {
              method: 'DELETE',
              url: 'https://<GRAFANA_HOST>/api/serviceaccounts/<ACCOUNT_ID>/tokens/<TOKEN_ID>',
              headers: { authorization: 'Bearer {{admin}}' },
              ok: '200 with "API key deleted"',
            },
            note: 'GET /api/serviceaccounts/<ACCOUNT_ID>/tokens lists names and ids. A legacy API key is such a token by now: it was migrated.',
            danger: 'irreversible',
            docs: 'api',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://<GRAFANA_HOST>/api/org',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200 or 403: the token still lives'],
              provesRevocation: true,
            },
            docs: 'org',
          },
          {
            phase: 'check',
            do: 'Look for dashboards, data sources, users and tokens you did not change',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://<GRAFANA_HOST>/api/org',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200; 403: a live token that may not read the organization',
          dead: '401',
          sideEffects: 'the last use that Grafana shows for the token',
        },
      },
      {
        id: 'cloud-token',
        name: 'Grafana Cloud access policy token',
        formats: ['grafana-cloud-token'],
        isSecret: true,
        grants:
          'Do what the scopes of its access policy allow, on one stack or all: write or read metrics, logs, traces.',
        lifetime: 'set when it is made; it may have no expiry',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: an access policy has many tokens',
        env: 'GRAFANA_CLOUD_TOKEN',
        url: 'https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/create-access-policies/',
        steps: [
          {
            phase: 'create',
            do: 'Add a second token to the same access policy',
            console: 'Cloud Portal > Security > Access Policies > the policy > Add token',
            docs: 'policies',
          },
          {
            phase: 'deploy',
            do: 'Put it in your secret store and deploy it to agents and collectors',
            docs: 'policies',
          },
          {
            phase: 'revoke',
            do: 'Delete the leaked token',
            console: 'Cloud Portal > Security > Access Policies > the policy > the token > Delete',
            call: {
              method: 'DELETE',
              url: 'https://www.grafana.com/api/v1/tokens/<TOKEN_ID>?region=<REGION>',
              headers: { authorization: 'Bearer {{admin}}' },
              ok: '204',
            },
            note: 'The admin token needs the scope accesspolicies:delete.',
            danger: 'irreversible',
            docs: 'cloud-api',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://www.grafana.com/api/v1/accesspolicies?region=<REGION>',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401',
              errors: ['200 or 403: the token still lives'],
              provesRevocation: true,
            },
            docs: 'cloud-api',
          },
          { phase: 'check', do: 'Look for a jump in ingested data and for new policies', docs: 'policies' },
        ],
      },
    ],
    audit: [
      {
        kind: 'own-logs',
        title: 'Audit log of Grafana',
        needs: 'Grafana Enterprise or Cloud',
        lookFor: ['changed data sources and alerts', 'new service accounts, tokens, users', 'unknown addresses'],
      },
      {
        kind: 'console',
        title: 'Last use of a token',
        where: 'Administration > Users and access > Service accounts',
        lookFor: ['use of a token that nothing of yours uses'],
      },
    ],
    risks: [
      'Metrics, logs and traces are read: they often hold addresses, user data and further secrets.',
      'An Admin token queries every data source through the proxy, changes alerts, and makes further tokens.',
    ],
    breaks: ['Terraform, dashboards as code, alert automation', 'agents and collectors that push with the token'],
    usedIn: [
      'GRAFANA_AUTH, GRAFANA_TOKEN, GRAFANA_API_KEY, GRAFANA_SERVICE_ACCOUNT_TOKEN, GRAFANA_CLOUD_API_KEY',
      'agent, Alloy, promtail and Prometheus remote_write files, Terraform, helm values',
    ],
    practices: [
      'Make a service account for each task with the least role, and an access policy for each direction.',
      'Set an expiry date on every token.',
    ],
    autoRevocation:
      'A Grafana server with secret scanning switched on revokes service account tokens that GitHub has found; it is off by default.',
    gotchas: ['Basic auth of Loki, Mimir and Tempo in the cloud takes the token as its password.'],
    links: [
      {
        id: 'service-accounts',
        title: 'Service accounts',
        url: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
      },
      {
        id: 'api',
        title: 'Service account API',
        url: 'https://grafana.com/docs/grafana/latest/developers/http_api/serviceaccount/',
      },
      {
        id: 'org',
        title: 'Organization API',
        url: 'https://grafana.com/docs/grafana/latest/developers/http_api/org/',
      },
      {
        id: 'policies',
        title: 'Access policies and tokens',
        url: 'https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/create-access-policies/',
      },
      {
        id: 'cloud-api',
        title: 'Grafana Cloud API',
        url: 'https://grafana.com/docs/grafana-cloud/developer-resources/api-reference/cloud-api/',
      },
      {
        id: 'audit',
        title: 'Audit a Grafana instance',
        url: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/audit-grafana/',
      },
      {
        id: 'scan',
        title: 'Secret scanning',
        url: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-security/secret-scan/',
      },
    ],
  },
} satisfies Detector;
