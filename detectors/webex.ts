import type { Call, Credential, Detector, Format, Step } from '../src/detect/detector.js';

const api = 'https://webexapis.com/v1';
const docs = 'https://developer.webex.com/docs';
const manage = 'https://developer.webex.com/admin/docs';
const apps = 'https://developer.webex.com/my-apps > app';
const hub = 'https://apphub.webex.com/ > Incoming Webhooks';

const webex = ['webex', 'cisco spark'];
const critical: Pick<Format, 'severity'> = { severity: 'critical' };
// 64 letters and digits, a cluster's code and the organisation's UUID, as observed and as in Webex' own samples. Every
// kind of token looks like this; the words beside it say which it is.
const token: Omit<Format, 'id' | 'name'> = {
  severity: 'high',
  pattern: /[A-Za-z0-9]{64}_(?:P0A1|PE93|PF84)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  keywords: ['_P0A1_', '_PE93_', '_PF84_'],
  minEntropy: 4,
  sample: '{{alnum:64}}_PF84_{{uuid}}',
};

const bearer = { authorization: 'Bearer {{secret}}' };
const admin = { authorization: 'Bearer {{admin}}' };
const proof = { provesRevocation: true };
const me: Call = { method: 'GET', url: `${api}/people/me`, headers: bearer, ok: '401', ...proof };
const alive = { call: me, live: '200', dead: '401' };

const grant = { grant_type: 'refresh_token', client_id: '<CLIENT_ID>' };
const leaked = { ...grant, client_secret: '{{admin}}', refresh_token: '{{secret}}' };
const refresh: Call = { method: 'POST', url: `${api}/access_token`, form: leaked, ok: '400 or 401', ...proof };
const renew: Call = { ...refresh, form: { ...grant, client_secret: '{{secret}}', refresh_token: '{{admin}}' } };

const list: Call = { method: 'GET', url: `${api}/authorizations?personEmail=<EMAIL>`, headers: admin, ok: '200' };
const end: Call = { method: 'DELETE', url: `${api}/authorizations/<AUTHORIZATION_ID>`, headers: admin, ok: '204' };
const endAll: Call = { ...end, url: `${api}/authorizations?clientId=<CLIENT_ID>&orgId=<ORG_ID>` };
const events = `${api}/adminAudit/events?orgId=<ORG_ID>&from=<FROM>&to=<TO>`;
const audit: Call = { method: 'GET', url: events, headers: admin, ok: '200' };
const webhooks: Call = { method: 'GET', url: `${api}/webhooks`, headers: admin, ok: '200 with your addresses only' };
const guest: Call = { method: 'POST', url: `${api}/guests/token`, headers: admin, ok: '200 with accessToken' };

const prove: Step = { phase: 'prove', do: 'See that the old token is refused', call: me, docs: 'people' };
const deploy: Step = { phase: 'deploy', do: 'Put the new one in your secret store and deploy it', docs: 'apps' };
const again: Step = { phase: 'create', do: 'Send the user through the grant again', docs: 'apps' };
const revoke: readonly Step[] = [
  {
    phase: 'contain',
    do: 'Find the authorization of the leaked token',
    call: list,
    note: 'Match applicationName, clientId, created and type. Without an admin role, delete it yourself at https://idbroker.webex.com/idb/profile#/tokens.',
    docs: 'authorizations',
  },
  {
    phase: 'contain',
    do: 'Delete it; the one of type "refresh" takes its access tokens with it',
    call: end,
    note: 'Takes a Full, Device or User Admin with identity:tokens_write; your own token only from the app that made it.',
    danger: 'breaks-clients',
    docs: 'authorizations',
  },
];
const misuse: readonly Step[] = [
  { phase: 'check', do: 'Look for webhooks that send events to a foreign address', call: webhooks, docs: 'webhooks' },
  { phase: 'check', do: 'Look for what your admins did not do, since the leak', call: audit, docs: 'audit' },
];

const oauth: Credential = {
  id: 'access-token',
  name: 'OAuth access token of an integration',
  formats: ['webex-access-token'],
  isSecret: true,
  grants: 'Act as the user who granted it, within its scopes.',
  lifetime: 'read expires_in; 14 days in samples',
  selfRevoke: 'admin-api',
  strategy: 'overlap',
  overlap: 'a new grant lives beside the old one until you delete that',
  env: 'WEBEX_ACCESS_TOKEN',
  url: `${docs}/api/v1/authorizations`,
  steps: [...revoke, prove, again, ...misuse],
  verify: alive,
};

export default {
  provider: 'Webex',
  aliases: ['cisco webex', 'cisco spark', 'ciscospark', 'webex teams', 'webex app key', 'webex-app-key'],
  category: 'messaging',
  about: 'Credentials of bots, integrations and service apps: they read and post messages and run an organisation.',
  docs: `${docs}/integrations`,
  hosts: ['webex.com', 'webexapis.com'],
  formats: [
    {
      id: 'webex-client-id',
      name: 'Webex client ID',
      severity: 'low',
      pattern: /C[0-9a-f]{64}/, // As in the specification's sample: webex/webex-openapi-specs.
      near: [...webex, 'spark client'],
      names: ['client', 'integration', 'app id', 'application id'],
      isPublic: true,
      sample: 'C{{hex:64}}',
    },
    {
      id: 'webex-guest-issuer-id',
      name: 'Webex guest issuer ID',
      severity: 'low',
      // ciscospark://us/ORGANIZATION/ and a UUID in base64.
      pattern: /Y2lzY29zcGFyazov[A-Za-z0-9]{4,44}L09SR0FOSVpBVElPTi[A-Za-z0-9]{49}/,
      keywords: ['Y2lzY29zcGFyazov'],
      isPublic: true,
      sample: 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8{{alnum:48}}',
    },
    { ...token, id: 'webex-bot-token', name: 'Webex bot token', near: ['webex bot', 'webex node bot', 'spark bot'] },
    { ...token, id: 'webex-refresh-token', name: 'Webex refresh token', near: ['refresh token'] },
    { ...token, id: 'webex-personal-token', name: 'Webex personal access token', near: ['personal access'] },
    { ...token, id: 'webex-service-token', name: 'Webex service app token', ...critical, near: ['service app'] },
    { ...token, id: 'webex-access-token', name: 'Webex access token', near: ['access token'] },
    { ...token, id: 'webex-token', name: 'Webex token' },
    {
      id: 'webex-cluster-token',
      name: 'Webex token',
      severity: 'high',
      // The same for a cluster with another code.
      pattern: /[A-Za-z0-9]{64}_[A-Za-z0-9]{4}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
      near: [...webex, 'spark token', 'spark access'],
      minEntropy: 4,
      sample: '{{alnum:64}}_{{digits:4}}_{{uuid}}',
    },
    {
      id: 'webex-client-secret',
      name: 'Webex client secret',
      severity: 'high',
      // 64 hexadecimal digits, as in the specification; neither part of a path nor a checksum before a file's name.
      pattern: /(?<!\/)[0-9a-f]{64}(?! [ *][A-Za-z0-9._-])/,
      near: [...webex, 'spark client'],
      names: ['client secret', 'webex secret', 'auth secret', 'app secret', 'integration secret', 'oauth secret'],
      minEntropy: 3.2,
      with: ['webex-client-id'],
      sample: '{{hex:64}}',
    },
    {
      id: 'webex-guest-issuer-secret',
      name: 'Webex guest issuer secret',
      severity: 'medium',
      // 32 bytes in base64, as observed.
      pattern: /[A-Za-z0-9+/]{43}=/,
      near: ['guest issuer'],
      names: ['secret'],
      minEntropy: 4,
      with: ['webex-guest-issuer-id'],
      sample: '{{base64:43}}=',
    },
    {
      id: 'webex-incoming-webhook',
      name: 'Webex incoming webhook URL',
      severity: 'medium',
      // The name of the webhook, ciscospark://…/WEBHOOK/ and a UUID in base64: whoever knows it may post.
      pattern: /webhooks\/incoming\/(?<secret>Y2lzY29zcGFyazov[A-Za-z0-9]{4,44}L1dFQkhPT0sv[A-Za-z0-9]{48})/,
      keywords: ['webhooks/incoming/Y2lzY29zcGFyazov'],
      minEntropy: 4,
      sample: 'https://webexapis.com/v1/webhooks/incoming/Y2lzY29zcGFyazovL3VzL1dFQkhPT0sv{{alnum:48}}',
    },
    {
      id: 'webex-webhook-secret',
      name: 'Webex webhook secret',
      severity: 'medium',
      // A string of your own, told by its name; with a digit, as variables have none, and neither path nor id of Webex.
      pattern: /(?<!\/)(?!Y2lzY29zcGFyazov)(?=[A-Za-z_-]{0,80}[0-9])[A-Za-z0-9_-]{24,80}(?! [ *][A-Za-z0-9._-])/,
      near: ['webex webhook', 'spark webhook', 'x-spark-signature'],
      names: ['webhook secret'],
      minEntropy: 3,
      isGuessable: true,
      sample: '{{hex:40}}',
    },
  ],
  examples: {
    find: [
      'WEBEX_CLIENT_ID={{webex-client-id}}\nWEBEX_CLIENT_SECRET={{webex-client-secret}}',
      "const webex = {\n  clientId: '{{webex-client-id}}',\n  clientSecret: '{{webex-client-secret}}',\n};",
      'webex:\n  client_id: {{webex-client-id}}\n  client_secret: {{webex-client-secret}}\n  redirect: https://app.test/oauth',
      "from webexteamssdk import WebexTeamsAPI\napi = WebexTeamsAPI(client_id='{{webex-client-id}}', client_secret='{{webex-client-secret}}')",
      "from webexteamssdk import WebexTeamsAPI\napi = WebexTeamsAPI()\nt = api.access_tokens.get('{{webex-client-id}}', '{{webex-client-secret}}', code, uri)",
      "new WebexStrategy({ clientID: '{{webex-client-id}}', clientSecret: '{{webex-client-secret}}', callbackURL })",
      '{ "webex": { "serviceApp": { "clientId": "{{webex-client-id}}", "clientSecret": "{{webex-client-secret}}" } } }',
      'curl https://webexapis.com/v1/access_token \\\n  -d client_id={{webex-client-id}} \\\n  -d client_secret={{webex-client-secret}}',
      "api = WebexTeamsAPI(access_token='{{webex-access-token}}')",
      "const Framework = require('webex-node-bot-framework');\nconst f = new Framework({ token: '{{webex-bot-token}}' });",
      'SPARK_TOKEN={{webex-token}}',
      'curl -H "Authorization: Bearer {{webex-token}}" https://webexapis.com/v1/people/me',
      'curl -H "Authorization: Bearer {{webex-cluster-token}}" https://webexapis.com/v1/people/me',
      '{\n  "access_token": "{{webex-access-token}}",\n  "refresh_token": "{{webex-refresh-token}}"\n}',
      'GUEST_ISSUER_ID={{webex-guest-issuer-id}}\nGUEST_ISSUER_SECRET={{webex-guest-issuer-secret}}',
      "const webexWebhookSecret = '{{webex-webhook-secret}}';",
      'curl -d \'{"text":"built"}\' {{webex-incoming-webhook}}',
    ],
    ignore: [
      'clientSecret: process.env.WEBEX_CLIENT_SECRET\nWEBEX_BOT_TOKEN=your-bot-token',
      'https://webexapis.com/v1/authorize?client_id={{webex-client-id}}&response_type=code',
      'webex.dmg sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  webex.dmg\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 *webex.dmg',
      'webexteamssdk==1.7 --hash=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'https://binaries.webex.com/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/Webex.dmg',
      'https://webexapis.com/v1/webhooks/incoming/YOUR_WEBHOOK_ID',
      "const webexWebhookSecret = config.webexWebhookSecretFromTheStore;\nremoveWebexWebhook('{{webex-guest-issuer-id}}');",
    ],
  },
  rotate: {
    url: `${docs}/integrations`,
    reviewed: '2026-11-22',
    credentials: [
      {
        id: 'bot-token',
        name: 'Bot access token',
        formats: ['webex-bot-token'],
        isSecret: true,
        grants: 'Read what is said to the bot, post as the bot, download files of its spaces.',
        lifetime: 'does not expire in practice (about 100 years)',
        maxActive: '1 per bot',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'none: a new token ends the old one',
        env: 'WEBEX_BOT_TOKEN',
        url: `${docs}/bots`,
        steps: [
          {
            phase: 'contain',
            do: 'Regenerate the token, with the deployment ready',
            console: `${apps} > Edit bot > Regenerate Access Token`,
            note: 'It is shown once, and the old one is dead from now on.',
            danger: 'irreversible',
            docs: 'bots',
          },
          deploy,
          prove,
          ...misuse,
        ],
        verify: alive,
      },
      {
        id: 'client-secret',
        name: 'Client secret of an integration or service app (with the client ID)',
        formats: ['webex-client-secret'],
        isSecret: true,
        grants: 'Redeem codes and refresh tokens of your app, and sign users in under its name.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'not documented; plan for none',
        env: 'WEBEX_CLIENT_SECRET',
        steps: [
          { phase: 'contain', do: 'Regenerate the client secret', console: apps, danger: 'irreversible', docs: 'apps' },
          deploy,
          {
            phase: 'revoke',
            do: 'Delete all authorizations of the app in the organisation',
            call: endAll,
            note: 'Webex does not say that tokens die with the secret: take it that they live on. Users grant access again, for a service app the Full Admin.',
            danger: 'breaks-clients',
            docs: 'endall',
          },
          {
            phase: 'prove',
            do: 'Grant anew, and see that the old secret cannot refresh that',
            call: renew,
            docs: 'apps',
          },
          ...misuse,
        ],
        verify: {
          call: renew,
          live: '200',
          dead: '400 or 401, with a refresh token that the new secret can use',
          sideEffects: 'Prolongs the refresh token.',
        },
      },
      oauth,
      {
        ...oauth,
        id: 'refresh-token',
        name: 'OAuth refresh token',
        formats: ['webex-refresh-token'],
        grants: 'With client ID and secret: new access tokens of the user, without end.',
        lifetime: '90 days, begun anew with every use',
        env: 'WEBEX_REFRESH_TOKEN',
        steps: [...revoke, { ...prove, call: refresh, docs: 'apps' }, again, ...misuse],
        verify: { call: refresh, live: '200', dead: '400 or 401', sideEffects: 'Prolongs the refresh token.' },
      },
      {
        ...oauth,
        id: 'service-app-token',
        name: 'Service app token pair',
        formats: ['webex-service-token'],
        grants: 'Act in the whole organisation with the scopes that its Full Admin has granted.',
        lifetime: 'read expires_in and refresh_token_expires_in',
        strategy: 'cut-over',
        overlap: 'not documented; plan for none',
        env: 'WEBEX_SERVICE_APP_TOKEN',
        url: `${manage}/api/v1/service-apps`,
        steps: [
          { phase: 'contain', do: 'Delete its authorizations', call: endAll, danger: 'breaks-clients', docs: 'endall' },
          prove,
          {
            phase: 'create',
            do: 'Fetch a new pair from your code: it takes two secrets',
            note: 'POST /v1/applications/<ID>/token with clientId, clientSecret and targetOrgId, as an integration with spark:applications_token. 403: a Full Admin authorises the app in Control Hub first.',
            docs: 'service',
          },
          deploy,
          ...misuse,
        ],
      },
      {
        ...oauth,
        id: 'personal-token',
        name: 'Personal access token',
        formats: ['webex-personal-token'],
        grants: 'Act as you, an admin as admin.',
        lifetime: '12 hours',
        strategy: 'wait',
        overlap: 'each lives its own 12 hours',
        env: 'WEBEX_PERSONAL_ACCESS_TOKEN',
        url: `${docs}/getting-started`,
        steps: [...revoke, prove, ...misuse],
      },
      {
        ...oauth,
        id: 'token',
        name: 'Token of unknown kind',
        formats: ['webex-token', 'webex-cluster-token'],
        grants: 'Act as its owner: a bot, a person or the whole organisation.',
        lifetime: 'from 12 hours (personal) over 14 days (integration) to no end (bot)',
        overlap: 'bot: none; others: a new grant lives beside the old one',
        env: 'WEBEX_TOKEN',
        steps: [
          { phase: 'check', do: 'Ask whose it is: read "type"', call: { ...me, ok: '200' }, docs: 'people' },
          {
            phase: 'contain',
            do: 'Bot: regenerate its token; others go on below',
            console: `${apps} > Edit bot > Regenerate Access Token`,
            danger: 'breaks-clients',
            docs: 'bots',
          },
          ...revoke,
          prove,
          ...misuse,
        ],
      },
      {
        id: 'guest-issuer',
        name: 'Guest issuer shared secret',
        formats: ['webex-guest-issuer-secret'],
        isSecret: true,
        grants: 'Sign guests in at will, in the name of your organisation.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'the guests of a service app live beside those of the issuer',
        env: 'WEBEX_GUEST_ISSUER_SECRET',
        url: `${manage}/guest-issuer`,
        steps: [
          {
            phase: 'create',
            do: 'Ask a service app for guests: new issuers are not made',
            call: guest,
            docs: 'guests',
          },
          { phase: 'deploy', do: 'Deploy what uses the service app', docs: 'guests' },
          { phase: 'revoke', do: 'Delete the guest issuer', console: apps, danger: 'irreversible', docs: 'guest' },
          { phase: 'prove', do: 'See that /jwt/login refuses its JWT', note: 'A token: it lives.', docs: 'guest' },
        ],
      },
      {
        id: 'incoming-webhook',
        name: 'Incoming webhook URL',
        formats: ['webex-incoming-webhook'],
        isSecret: true,
        grants: 'Post into one space under the name of the webhook.',
        lifetime: 'until you remove it',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: make a second one, then remove the first',
        env: 'WEBEX_WEBHOOK_URL',
        steps: [
          { phase: 'create', do: 'Make a second webhook for the space', console: hub, docs: 'hooks' },
          { phase: 'deploy', do: 'Give its address to what posts', docs: 'hooks' },
          { phase: 'revoke', do: 'Remove the leaked one', console: hub, danger: 'irreversible', docs: 'hooks' },
          {
            phase: 'prove',
            do: 'See that a post to the old address does not appear',
            console: 'the space',
            docs: 'hooks',
          },
        ],
      },
      {
        id: 'webhook-secret',
        name: 'Webhook secret',
        formats: ['webex-webhook-secret'],
        isSecret: true,
        grants: 'Forge events that pass your check of X-Spark-Signature.',
        lifetime: 'does not expire',
        selfRevoke: 'admin-api',
        strategy: 'overlap',
        overlap: 'as long as your server takes both',
        env: 'WEBEX_WEBHOOK_SECRET',
        url: `${docs}/webhooks`,
        steps: [
          { phase: 'deploy', do: 'Let your server take the old and a new secret', docs: 'hooks' },
          {
            phase: 'revoke',
            do: 'Give each webhook the new secret, then drop the old one',
            note: 'PUT /v1/webhooks/<ID> with name, targetUrl and secret, from your code: two secrets go along.',
            docs: 'webhooks',
          },
          { phase: 'prove', do: 'Send an event signed with the old one', note: 'It is refused.', docs: 'hooks' },
        ],
      },
      {
        id: 'client-id',
        name: 'Client ID, guest issuer ID',
        formats: ['webex-client-id', 'webex-guest-issuer-id'],
        isSecret: false,
        grants: 'Names the app; stands in every sign-in address.',
        lifetime: 'as long as the app',
        selfRevoke: 'impossible',
        strategy: 'wait',
        overlap: 'needs no rotation',
        env: 'WEBEX_CLIENT_ID',
        steps: [],
      },
    ],
    audit: [
      {
        kind: 'api',
        title: 'Admin audit events',
        where: events,
        needs: 'Full Admin, scope audit:events_read',
        lookFor: ['apps, users or roles changed by nobody you know'],
      },
      {
        kind: 'api',
        title: 'Security audit events (sign-ins)',
        where: `${api}/admin/securityAudit/events?orgId=<ORG_ID>&startTime=<FROM>&endTime=<TO>`,
        needs: 'Pro Pack, "Allow user authentication data"',
        lookFor: ['places or clients you do not know'],
      },
      {
        kind: 'api',
        title: 'Events: messages and memberships of the bot or user',
        where: `${api}/events`,
        needs: 'Compliance Officer',
        lookFor: ['messages that your app did not send'],
      },
      { kind: 'api', title: 'Webhooks', where: webhooks.url, lookFor: ['a target that is not yours'] },
    ],
    risks: [
      'A bot posts phishing into every space that it is in, and reads what is said to it.',
      'A refresh token with its client secret reads on as the user for months; each use prolongs it.',
      'A service app works with the rights of an admin, in the whole organisation.',
    ],
    breaks: ['the bot (at once)', 'sign-in and refresh of the integration', 'what posts to the incoming webhook'],
    usedIn: ['WEBEX_ACCESS_TOKEN', 'WEBEX_BOT_TOKEN', 'WEBEX_CLIENT_SECRET', 'WEBEX_TEAMS_ACCESS_TOKEN', 'SPARK_TOKEN'],
    practices: [
      'Keep client secret and refresh token in a store, and write the new refresh token back on every refresh.',
      'Give each environment an app of its own; for an organisation use a service app, not the token of a person.',
    ],
    gotchas: [
      'Webex shows a client secret and a bot token once.',
      'All kinds of token look alike: GET /people/me tells a bot from a person.',
      'Deleting an access token leaves its refresh token alive: delete the one of type "refresh".',
      'After a delete, Webex may take a token for a short while longer: ask again after some minutes.',
      'The guest tokens of a service app cannot be ended before they expire.',
      'Whether a bad secret or refresh token is answered by 400 or 401 is not documented; 200 means alive.',
    ],
    links: [
      { id: 'apps', title: 'Integrations and OAuth', url: `${docs}/integrations` },
      { id: 'bots', title: 'Bots', url: `${docs}/bots` },
      { id: 'authorizations', title: 'Authorizations', url: `${docs}/api/v1/authorizations` },
      {
        id: 'endall',
        title: 'End an app',
        url: `${docs}/api/v1/authorizations/delete-authorization-of-org-and-client-id`,
      },
      { id: 'people', title: 'People', url: `${docs}/api/v1/people` },
      { id: 'service', title: 'Service apps', url: `${manage}/api/v1/service-apps` },
      { id: 'guest', title: 'Guest issuer', url: `${manage}/guest-issuer` },
      { id: 'guests', title: 'Guest management', url: `${manage}/api/v1/guest-management` },
      { id: 'hooks', title: 'Webhooks guide', url: `${docs}/webhooks` },
      { id: 'webhooks', title: 'Webhooks', url: `${docs}/api/v1/webhooks` },
      { id: 'audit', title: 'Admin audit events', url: `${docs}/api/v1/admin-audit-events` },
    ],
  },
} satisfies Detector;
