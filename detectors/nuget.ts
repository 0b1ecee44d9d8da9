import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'NuGet.org',
  aliases: ['nuget', 'dotnet nuget'],
  category: 'registry',
  about: 'API keys of NuGet.org: they push and unlist packages of their owner.',
  docs: 'https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys',
  hosts: ['nuget.org', 'microsoft.com'],
  formats: [
    {
      id: 'nuget-api-key',
      name: 'NuGet.org API key',
      severity: 'critical',
      // Base32 of 28 bytes, whose beginning is always the same; 46 characters, as observed.
      pattern: /oy2[a-z2-7]{43}/,
      keywords: ['oy2'],
      minEntropy: 3.5,
      sample: 'oy2{{base32lower:43}}',
    },
  ],
  examples: {
    find: [
      'dotnet nuget push acme.1.0.0.nupkg --api-key {{nuget-api-key}} --source nuget',
      'nuget setApiKey {{nuget-api-key}}',
      'NUGET_API_KEY={{nuget-api-key}}',
      'curl -H "X-NuGet-ApiKey: {{nuget-api-key}}" -X PUT https://www.nuget.org/api/v2/package',
    ],
    ignore: [
      'dotnet nuget push --api-key ${{ secrets.NUGET_API_KEY }}',
      'oy2xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      '--api-key qz2jga8pl3dvn2akksyquwcs9ygggg4exypy3bhxy6w6x6',
    ],
  },
  rotate: {
    url: 'https://www.nuget.org/account/apikeys',
    reviewed: '2026-11-29',
    credentials: [
      {
        id: 'api-key',
        name: 'API key',
        formats: ['nuget-api-key'],
        isSecret: true,
        grants: 'Push new packages or versions, or unlist them, among the packages that its pattern names.',
        lifetime: 'a year at most',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'none when you regenerate; as long as you like with a second key',
        env: 'NUGET_API_KEY',
        steps: [
          {
            phase: 'contain',
            do: 'Regenerate or delete the leaked key',
            console: 'user name > API Keys > the key > Regenerate, or Delete',
            note: 'Regenerate gives the same key another value; the old one stops at once.',
            danger: 'breaks-clients',
            docs: 'keys',
          },
          {
            phase: 'deploy',
            do: 'Put the new value in your secret store and deploy it',
            note: 'It can be copied until you leave the page.',
            docs: 'keys',
          },
          {
            phase: 'prove',
            do: 'See in the list that the key was made anew',
            console: 'API Keys: the date of expiry has moved, or the key is gone',
            note: 'To push with the old one must be refused with 403.',
            docs: 'keys',
          },
          {
            phase: 'check',
            do: 'Look for versions that you did not push',
            console: 'user name > Manage Packages',
            docs: 'unlist',
          },
        ],
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Packages and their versions',
        where: 'user name > Manage Packages',
        lookFor: ['versions, owners and unlisted packages that you do not know'],
      },
      {
        kind: 'own-logs',
        title: 'Mail on each push',
        where: 'the mailbox of each owner',
        lookFor: ['"package published" that was not yours'],
      },
    ],
    risks: [
      'A version of your package with foreign code is pushed, and restored by all who float to it.',
      'Packages are unlisted, so that new projects do not find them.',
    ],
    breaks: ['pipelines that push packages'],
    usedIn: ['NUGET_API_KEY, NUGET_AUTH_TOKEN', '%AppData%\\NuGet\\NuGet.Config', 'build scripts that push'],
    practices: [
      'Publish from CI with trusted publishing: then there is no lasting key.',
      'Limit keys to one package each, to push only, and to few weeks.',
    ],
    links: [
      {
        id: 'keys',
        title: 'Scoped API keys',
        url: 'https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys',
      },
      {
        id: 'unlist',
        title: 'Delete or unlist packages',
        url: 'https://learn.microsoft.com/en-us/nuget/nuget-org/policies/deleting-packages',
      },
    ],
  },
} satisfies Detector;
