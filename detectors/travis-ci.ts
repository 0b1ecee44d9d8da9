import type { Detector } from '../src/detect/detector.js';

export default {
  provider: 'Travis CI',
  aliases: ['travis', 'travisci', 'travis-ci.com', 'travis-ci.org'],
  category: 'ci',
  about: 'The API access token of a Travis CI user: it does all that the user can do on the website.',
  docs: 'https://developer.travis-ci.com/',
  hosts: ['travis-ci.com'],
  formats: [
    {
      id: 'travis-ci-api-token',
      name: 'Travis CI API access token',
      severity: 'high',
      // 22 characters of base64url, as observed; no shape is documented. Small and capital letters tell it from names.
      pattern: /(?=[a-z0-9_-]{0,21}[A-Z])(?=[A-Z0-9_-]{0,21}[a-z])[A-Za-z0-9_-]{22}/,
      near: [
        'travis token',
        'travis api',
        'travis ci',
        'travis access',
        'travis auth',
        'travis login',
        'api.travis-ci',
      ],
      names: ['token', 'access', 'authorization', 'api key', 'travis'],
      minEntropy: 3.3,
      sample: '{{base64url:22}}',
    },
  ],
  examples: {
    find: [
      'curl -H "Travis-API-Version: 3" -H "Authorization: token {{travis-ci-api-token}}" https://api.travis-ci.com/user',
      'endpoints:\n  https://api.travis-ci.com/:\n    access_token: {{travis-ci-api-token}}\n',
      "travis = Travis::Client.new(access_token: '{{travis-ci-api-token}}') # travis-ci.com",
      'TRAVIS_PRO_TOKEN={{travis-ci-api-token}} # travis token',
    ],
    ignore: [
      'TRAVIS_TOKEN=<your-travis-token>',
      'Authorization: token "YOUR TRAVIS ACCESS TOKEN"',
      'travis_token = read_travis_access_key',
      'env:\n  global:\n    - secure: "<encrypted by travis encrypt>" # travis-ci token\n',
      'travis-ci token: {{github-legacy-token}}',
    ],
  },
  rotate: {
    url: 'https://developer.travis-ci.com/',
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'api-token',
        name: 'API access token',
        formats: ['travis-ci-api-token'],
        isSecret: true,
        grants:
          'Do all that the website lets its user do: start and stop builds, read logs, change settings and variables.',
        lifetime: 'does not expire',
        maxActive: 'one for each user',
        selfRevoke: 'token-only',
        strategy: 'cut-over',
        overlap: 'none: each user has one token, and a new one takes its place',
        env: 'TRAVIS_API_TOKEN',
        steps: [
          {
            phase: 'contain',
            do: 'Remove the leaked token',
            call: {
              method: 'DELETE',
              url: 'https://api.travis-ci.com/access_token',
              headers: { authorization: 'token {{secret}}', 'travis-api-version': '3' },
              ok: '2xx',
            },
            note: 'PATCH instead of DELETE answers with a new token: only where nobody can read along.',
            danger: 'breaks-clients',
            docs: 'api',
          },
          {
            phase: 'create',
            do: 'Sign in again and copy the new token',
            console: 'avatar > Settings > API authentication',
            docs: 'api',
          },
          { phase: 'deploy', do: 'Put it in your secret store and deploy it', docs: 'api' },
          {
            phase: 'prove',
            do: 'See that the old token is refused',
            call: {
              method: 'GET',
              url: 'https://api.travis-ci.com/user',
              headers: { authorization: 'token {{secret}}', 'travis-api-version': '3' },
              ok: '401 or 403',
              errors: ['200: the token still lives'],
              provesRevocation: true,
            },
            docs: 'api',
          },
          {
            phase: 'check',
            do: 'Look for builds and settings that are not yours',
            note: 'Rotate what stands in the variables of its repositories: a debug build can print them.',
            docs: 'variables',
          },
        ],
        verify: {
          call: {
            method: 'GET',
            url: 'https://api.travis-ci.com/user',
            headers: { authorization: 'token {{secret}}', 'travis-api-version': '3' },
            ok: '200',
          },
          live: '200',
          dead: '401 or 403',
        },
      },
    ],
    audit: [
      {
        kind: 'console',
        title: 'Build history of each repository',
        where: 'repository > Build History, and Requests under More options',
        lookFor: ['builds started by API that nobody asked for', 'debug builds', 'changed variables and settings'],
      },
    ],
    risks: [
      'A build is started with a changed configuration and prints or sends away the secured variables.',
      'Logs of private builds are read; deployments run in your name.',
    ],
    breaks: ['scripts and bots that start builds', 'the travis command-line client until the next login'],
    usedIn: [
      'TRAVIS_API_TOKEN, TRAVIS_TOKEN, TRAVIS_ACCESS_TOKEN',
      '~/.travis/config.yml',
      'jobs that start other builds',
    ],
    practices: [
      'Use a machine user that sees only the repositories it needs.',
      'Encrypt what must stand in .travis.yml with "travis encrypt"; better, keep it in the repository settings.',
    ],
    gotchas: ['Each user has one token for all uses: replace it in every place at once.'],
    links: [
      { id: 'api', title: 'API version 3', url: 'https://developer.travis-ci.com/' },
      {
        id: 'variables',
        title: 'Environment variables',
        url: 'https://docs.travis-ci.com/user/environment-variables/',
      },
    ],
  },
} satisfies Detector;
