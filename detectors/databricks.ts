import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Databricks',
  aliases: ['azure databricks', 'dbx'],
  category: 'cloud',
  about:
    'Personal access tokens and OAuth secrets of Databricks workspaces: they run code on clusters and read the data.',
  docs: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat',
  hosts: ['databricks.com', 'azuredatabricks.net'],
  formats: [
    {
      id: 'databricks-access-token',
      name: 'Databricks personal access token',
      severity: 'critical',
      // Observed: "dapi" and 32 hexadecimal digits; on Azure "-2" or the like comes behind.
      pattern: /dapi[0-9a-f]{32}(?:-[0-9]{1,2})?/,
      keywords: ['dapi'],
      minEntropy: 2.8,
      sample: 'dapi{{hex:32}}',
    },
    {
      id: 'databricks-oauth-secret',
      name: 'Databricks OAuth secret of a service principal',
      severity: 'critical',
      // Observed.
      pattern: /dose[0-9a-f]{32}/,
      keywords: ['dose'],
      minEntropy: 2.8,
      sample: 'dose{{hex:32}}',
    },
  ],
  examples: {
    find: [
      '[DEFAULT]\nhost = https://adb-1.1.azuredatabricks.net\ntoken = {{databricks-access-token}}\n',
      'curl -H "Authorization: Bearer {{databricks-access-token}}" https://acme.cloud.databricks.com/api/2.0/clusters/list',
      "sql.connect(server_hostname='acme.cloud.databricks.com', access_token='{{databricks-access-token}}-2')",
      'DATABRICKS_CLIENT_SECRET={{databricks-oauth-secret}}',
    ],
    ignore: [
      'DATABRICKS_TOKEN=dapixxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'token = dapi1234567890abcdef1234567890abcdef',
      'token: ${{ secrets.DATABRICKS_TOKEN }}',
      'import { dapi } from "./dose"',
    ],
  },
  rotate: {
    url: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'access-token',
        name: 'Personal access token',
        formats: ['databricks-access-token'],
        isSecret: true,
        grants:
          'Act as its user or service principal in the workspace: run code on clusters, read tables, read secrets.',
        lifetime: 'set by you, two years at most; older ones may never expire',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'DATABRICKS_TOKEN',
        steps: [
          {
            phase: 'create',
            do: 'Generate a new token with a short lifetime',
            console: 'avatar > Settings > Developer > Access tokens > Manage > Generate new token',
            run: 'databricks tokens create --lifetime-seconds <SECONDS> --comment <NAME>',
            docs: 'pat',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'pat' },
          {
            phase: 'revoke',
            do: 'Find the id of the leaked token and delete it',
            run: 'databricks tokens list && databricks tokens delete <TOKEN_ID>',
            note: 'An administrator finds those of others: databricks token-management list.',
            danger: 'breaks-clients',
            docs: 'tokens',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://<WORKSPACE_HOST>/api/2.0/preview/scim/v2/Me',
              headers: { authorization: 'Bearer {{secret}}' },
              ok: '401 or 403',
              errors: ['200: the token still lives'],
              provesRevocation: true,
            },
            docs: 'me',
          },
          {
            phase: 'check',
            do: 'Look in the audit log for what the token did',
            console: 'system.access.audit, by user and source IP address',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://<WORKSPACE_HOST>/api/2.0/preview/scim/v2/Me',
            headers: { authorization: 'Bearer {{secret}}' },
            ok: '200',
          },
          live: '200',
          dead: '401, 403',
        },
      },
      {
        id: 'oauth-secret',
        name: 'OAuth secret of a service principal',
        formats: ['databricks-oauth-secret'],
        isSecret: true,
        grants: 'Get access tokens of the service principal, in every workspace of the account that it is in.',
        lifetime: 'set by you, two years at most',
        maxActive: 'five',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as you like: a service principal has up to five secrets',
        env: 'DATABRICKS_CLIENT_SECRET',
        url: 'https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m',
        steps: [
          {
            phase: 'create',
            do: 'Generate a second secret',
            console: 'Account console > User management > Service principals > the principal > Generate secret',
            docs: 'm2m',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'm2m' },
          {
            phase: 'revoke',
            do: 'Delete the leaked secret',
            console: 'Service principals > the principal > the secret > Delete',
            note: 'Access tokens that were made with it run on for an hour.',
            danger: 'breaks-clients',
            docs: 'm2m',
          },
          {
            phase: 'prove',
            do: 'See that no token is given for it: 401 invalid_client',
            call: {
              method: 'POST',
              url: 'https://<WORKSPACE_HOST>/oidc/v1/token',
              basic: '<CLIENT_ID>:{{secret}}',
              form: { grant_type: 'client_credentials', scope: 'all-apis' },
              ok: '401',
              errors: ['200: the secret still lives'],
              provesRevocation: true,
            },
            docs: 'm2m',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Audit log system table',
        where: 'system.access.audit',
        needs: 'Unity Catalog, with system tables switched on',
        retention: '365 days',
        lookFor: ['queries, exports and commands from addresses you do not know', 'new tokens, secrets and jobs'],
      },
    ],
    risks: [
      'Code runs on your clusters, with what they may reach in your cloud account.',
      'Tables are copied, and secret scopes are read.',
    ],
    breaks: ['jobs, dashboards and pipelines that sign in with the token'],
    usedIn: [
      'DATABRICKS_TOKEN, DATABRICKS_CLIENT_SECRET',
      '~/.databrickscfg',
      'profiles.yml of dbt',
      'linked services of Azure Data Factory',
    ],
    practices: [
      'Let people sign in with OAuth and machines with workload identity federation.',
      'Set the longest lifetime of tokens in the workspace, and limit who may have any.',
    ],
    links: [
      { id: 'pat', title: 'Personal access tokens', url: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat' },
      {
        id: 'tokens',
        title: 'databricks tokens',
        url: 'https://docs.databricks.com/aws/en/dev-tools/cli/reference/tokens-commands',
      },
      {
        id: 'm2m',
        title: 'OAuth for service principals',
        url: 'https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m',
      },
      { id: 'me', title: 'Get current user', url: 'https://docs.databricks.com/api/workspace/currentuser/me' },
      {
        id: 'audit',
        title: 'Audit log system table',
        url: 'https://docs.databricks.com/aws/en/admin/system-tables/audit-logs',
      },
    ],
  },
} satisfies Detector;
