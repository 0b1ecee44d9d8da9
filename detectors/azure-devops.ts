import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Azure DevOps',
  aliases: ['azdo', 'ado', 'vsts', 'tfs', 'visual studio team services', 'azure pipelines', 'azure repos'],
  category: 'vcs',
  about: 'Personal access tokens of Azure DevOps: they read and push code, run pipelines and publish packages.',
  docs: 'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  hosts: ['azure.com', 'microsoft.com', 'visualstudio.com'],
  formats: [
    {
      id: 'azure-devops-pat',
      name: 'Azure DevOps personal access token',
      severity: 'critical',
      // 84 characters, 52 of them random; two marks at fixed places and a checksum that cannot be computed offline.
      // https://learn.microsoft.com/en-us/azure/devops/release-notes/2024/general/sprint-241-update
      pattern: /[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{18}AZDO[A-Za-z0-9]{4}/,
      keywords: ['JQQJ99'],
      minEntropy: 4,
      sample: '{{alnum:52}}JQQJ99{{alnum:18}}AZDO{{alnum:4}}',
    },
    {
      id: 'azure-devops-legacy-pat',
      name: 'Azure DevOps personal access token, made before August 2024',
      severity: 'critical',
      // 52 characters of lower-case base32, without any mark.
      pattern: /[a-z2-7]{52}/,
      near: [
        'azure devops',
        'dev.azure.com',
        'visualstudio.com',
        'azdo',
        'azp token',
        'ado pat',
        'ado token',
        'devops pat',
        'devops token',
        'vsts',
        'vss nuget',
        'system access token',
      ],
      minEntropy: 3.8,
      sample: '{{base32lower:52}}',
    },
    {
      id: 'azure-devops-encoded-pat',
      name: 'Azure DevOps personal access token in base64',
      severity: 'critical',
      // An .npmrc holds the token in base64: 52 characters become 72, 84 become 112. A header holds it behind a colon.
      // https://learn.microsoft.com/en-us/azure/devops/artifacts/npm/npmrc
      pattern:
        /(?::_password="?|[Bb]asic (?=O))(?<secret>[A-Za-z0-9+/]{70}==|[A-Za-z0-9+/]{71}=|[A-Za-z0-9+/]{112}|[A-Za-z0-9+/]{114}==)/,
      keywords: [':_password=', 'basic O'],
      near: ['dev.azure.com', 'visualstudio.com', 'azure devops'],
      minEntropy: 4,
      sample: '//pkgs.dev.azure.com/acme/_packaging/feed/npm/registry/:_password={{base64:70}}==',
    },
  ],
  examples: {
    find: [
      'git clone https://ana:{{azure-devops-pat}}@dev.azure.com/acme/shop/_git/api',
      'git clone https://{{azure-devops-legacy-pat}}@acme.visualstudio.com/shop/_git/api',
      'curl -u :{{azure-devops-legacy-pat}} https://dev.azure.com/acme/_apis/projects',
      '<packageSourceCredentials><azdo><add key="ClearTextPassword" value="{{azure-devops-legacy-pat}}" /></azdo></packageSourceCredentials>',
      './config.sh --url https://dev.azure.com/acme --auth pat --token {{azure-devops-legacy-pat}}',
      'VSS_NUGET_EXTERNAL_FEED_ENDPOINTS={"endpointCredentials":[{"username":"u","password":"{{azure-devops-legacy-pat}}"}]}',
      '; begin auth token\n{{azure-devops-encoded-pat}}\n; end auth token\n',
    ],
    ignore: [
      'AZURE_DEVOPS_EXT_PAT: $(System.AccessToken)',
      'git clone https://ana:<your-pat>@dev.azure.com/acme/shop/_git/api',
      '//pkgs.dev.azure.com/acme/_packaging/feed/npm/registry/:_password=[BASE64_ENCODED_PERSONAL_ACCESS_TOKEN]',
      'AZURE_DEVOPS_PAT=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'vsts extension: thisisaverylongpackagenamewithoutanydigitsorseparator',
    ],
  },
  rotate: {
    url: 'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'pat',
        name: 'Personal access token',
        formats: ['azure-devops-pat', 'azure-devops-legacy-pat', 'azure-devops-encoded-pat'],
        isSecret: true,
        grants: 'Act as its owner within its scopes: code, pipelines, packages, work items.',
        lifetime: 'set by you',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: several tokens work side by side',
        env: 'AZURE_DEVOPS_PAT',
        steps: [
          {
            phase: 'create',
            do: 'Create a new token with the same scopes, for one organization',
            console: 'User settings > Personal access tokens > New Token',
            note: 'The value is shown once. For pipelines and apps a managed identity or service principal is safer.',
            docs: 'pat',
          },
          { phase: 'deploy', do: 'Put the new token in your secret store and deploy it', docs: 'pat' },
          {
            phase: 'revoke',
            do: 'Revoke the leaked token',
            console: 'User settings > Personal access tokens > (the token) > Revoke',
            note: 'The list shows names and scopes, not values. If you cannot tell which one leaked, revoke all that fit.',
            danger: 'irreversible',
            docs: 'pat',
          },
          {
            phase: 'revoke',
            do: 'Or revoke it by its authorization id',
            call: {
              method: 'DELETE',
              url: 'https://vssps.dev.azure.com/<ORG>/_apis/tokens/pats?authorizationId=<AUTHORIZATION_ID>&api-version=7.1-preview.1',
              headers: { authorization: 'Bearer {{admin}}' },
              ok: '204',
            },
            note: 'This takes a Microsoft Entra token of the owner, not a personal access token. GET on the same path lists the ids.',
            danger: 'irreversible',
            docs: 'api',
          },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://dev.azure.com/<ORG>/_apis/projects?api-version=7.1',
              basic: ':{{secret}}',
              ok: '401',
              errors: ['200 or 403: the token still lives'],
              provesRevocation: true,
            },
            docs: 'pat',
          },
          {
            phase: 'check',
            do: 'Look through the audit log since the date of the commit',
            console: 'Organization settings > Auditing',
            docs: 'audit',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://dev.azure.com/<ORG>/_apis/projects?api-version=7.1',
            basic: ':{{secret}}',
            ok: '200',
          },
          live: '200; 403: a live token without that scope',
          dead: '401',
        },
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Audit log of the organization',
        where: 'Organization settings > Auditing',
        needs: 'an organization backed by Microsoft Entra ID, with auditing switched on',
        retention: '90 days',
        lookFor: [
          'actions of the owner from addresses you do not know',
          'new tokens, service connections or extensions',
        ],
      },
      {
        kind: 'console',
        title: 'Pushes and pipeline runs',
        where: 'Repos > Pushes; Pipelines > Runs',
        lookFor: [
          'pushes and runs that nobody of you started',
          'changed pipeline definitions',
          'packages you did not publish',
        ],
      },
    ],
    risks: [
      'Source code is read, and code is pushed in the name of the owner.',
      'A pipeline that the thief edits or starts prints the secrets of its variable groups and service connections.',
      'A package published to your feed runs on the machines of everyone who installs it.',
    ],
    breaks: [
      'git over https with this token, and clones in scripts',
      'self-hosted agents only while they are registered: they need no token afterwards',
      'package restore from Azure Artifacts (npm, NuGet, pip, Maven)',
    ],
    usedIn: [
      'AZURE_DEVOPS_EXT_PAT',
      'AZURE_DEVOPS_PAT',
      'AZP_TOKEN of self-hosted agents',
      '.npmrc, NuGet.config, pip.conf, settings.xml',
      'VSS_NUGET_EXTERNAL_FEED_ENDPOINTS',
      'git remotes and credential helpers',
    ],
    practices: [
      'Sign in with Microsoft Entra ID: managed identity, service principal or the $(System.AccessToken) of the pipeline.',
      'Give a token one organization, the fewest scopes and a short life. Keep .npmrc passwords in ~/.npmrc, not in the project.',
    ],
    gotchas: [
      'Tokens made for all organizations stop working on 1 December 2026.',
      'Tokens of both lengths are in use: 52 characters before August 2024, 84 since. Regenerate old ones.',
    ],
    links: [
      {
        id: 'pat',
        title: 'Use personal access tokens',
        url: 'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
      },
      {
        id: 'api',
        title: 'PAT lifecycle API',
        url: 'https://learn.microsoft.com/en-us/rest/api/azure/devops/tokens/pats',
      },
      {
        id: 'audit',
        title: 'Access, export and filter audit logs',
        url: 'https://learn.microsoft.com/en-us/azure/devops/organizations/audit/azure-devops-auditing',
      },
    ],
  },
} satisfies Detector;
