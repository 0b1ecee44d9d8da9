import type { Call, Credential, Detector, Step } from '../src/detect/detector.js';

const api = 'https://api.line.me';
const docs = 'https://developers.line.biz/en/docs';
const reference = 'https://developers.line.biz/en/reference/messaging-api/';
const channel = 'https://developers.line.biz/console/ > channel';
const secret = `${channel} > Basic settings > Channel secret > Issue`;
const keys = `${channel} > Basic settings > Assertion Signing Key`;

// "Line" alone stands in every text; these are LINE's own terms and the names of its SDKs.
const bots = ['line channel', 'line bot', 'line::bot', 'line messaging', 'messaging api', 'api.line.me', 'linecorp'];
const tokens = ['line token', 'line access token', 'channel access token', 'channel token'];
const logins = ['line login', 'line provider', 'line strategy', 'passport line', 'provider :line', 'omniauth :line'];

const bearer = { authorization: 'Bearer {{secret}}' };
const admin = { authorization: 'Bearer {{admin}}' };
const proof = { provesRevocation: true };
const grant = { grant_type: 'client_credentials' };
const client = { client_id: '<CHANNEL_ID>', client_secret: '{{admin}}' };
const fresh = { ...grant, ...client };
const mintShort: Call = { method: 'POST', url: `${api}/v2/oauth/accessToken`, form: fresh, ok: '200' };
const jwt = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const signed = { ...grant, client_assertion_type: jwt, client_assertion: '{{admin}}' };
const refused = ['400: also when 30 tokens are live', '404: the signing key is not registered'];
const mint21: Call = { method: 'POST', url: `${api}/oauth2/v2.1/token`, form: signed, ok: '200', errors: refused };
const stale: Call = { ...mint21, ok: '404', errors: ['200: the old key still lives'], ...proof };
const kids = `${api}/oauth2/v2.1/tokens/kid?client_assertion_type=${jwt}&client_assertion={{admin}}`;

// While the secret lives, this mints the least that LINE has: a token for 15 minutes.
const old = { ...grant, client_id: '<CHANNEL_ID>', client_secret: '{{secret}}' };
const minted = ['200 with access_token: the old secret still lives'];
const mint: Call = { method: 'POST', url: `${api}/oauth2/v3/token`, form: old, ok: '400', errors: minted, ...proof };
const form = { access_token: '{{secret}}' };
const alive = ['200 with client_id and expires_in: the token still lives'];
const verify: Call = {
  method: 'POST',
  url: `${api}/v2/oauth/verify`,
  form,
  ok: '400 {"error":"invalid_request"}',
  errors: alive,
  ...proof,
};
const inUrl = `${api}/oauth2/v2.1/verify?access_token={{secret}}`;
const verify21: Call = { method: 'GET', url: inUrl, ok: '400', errors: alive, isSecretInUrl: true, ...proof };
// Keeps the token out of the address, but refuses a live token of LINE Login too: no proof for what may be one.
const botInfo: Call = { method: 'GET', url: `${api}/v2/bot/info`, headers: bearer, ok: '401', ...proof };
const end: Call = { method: 'POST', url: `${api}/v2/oauth/revoke`, form, ok: '200, empty', provesRevocation: false };

const revoke: Step = {
  phase: 'contain',
  do: 'Revoke the leaked token',
  call: end,
  note: 'Needs nothing but the token. LINE answers 200 to unknown tokens too: only the verify call proves anything.',
  danger: 'breaks-clients',
  docs: 'revoke',
};
const revoke21: Step = {
  phase: 'contain',
  do: 'Revoke the leaked token with the channel ID and secret',
  call: { ...end, url: `${api}/oauth2/v2.1/revoke`, form: { ...client, ...form } },
  note: 'A stateless token looks the same and cannot be revoked: it ends within 15 minutes.',
  danger: 'breaks-clients',
  docs: 'revoke21',
};
const webhook: Call = { method: 'GET', url: `${api}/v2/bot/channel/webhook/endpoint`, headers: admin, ok: '200' };
const broadcasts = `${api}/v2/bot/message/delivery/broadcast?date=<YYYYMMDD>`;
const sent: Call = { method: 'GET', url: broadcasts, headers: admin, ok: '200 with your own count in "success"' };
const misuse: readonly Step[] = [
  { phase: 'check', do: 'See that "endpoint" is still the address of your server', call: webhook, docs: 'webhook' },
  {
    phase: 'check',
    do: 'Compare the broadcasts of each day since the leak with your own count',
    call: sent,
    note: 'The same for push, multicast and reply in place of broadcast. LINE gives out no log of requests.',
    docs: 'delivery',
  },
];

const longLived: Credential = {
  id: 'long-lived',
  name: 'Long-lived channel access token',
  formats: ['line-channel-token', 'line-channel-access-token'],
  isSecret: true,
  grants: 'Send messages to every friend of the account, read profiles, move the webhook.',
  lifetime: 'does not expire',
  maxActive: '1 per channel',
  selfRevoke: 'token-only',
  strategy: 'overlap',
  overlap: '0 to 24 hours, you choose when you reissue; choose 0 for a leak',
  env: 'LINE_CHANNEL_ACCESS_TOKEN',
  steps: [
    revoke,
    { phase: 'prove', do: 'See that the old token is refused', call: verify, docs: 'verify' },
    {
      phase: 'create',
      do: 'Issue a new token (role Admin)',
      console: `${channel} > Messaging API > Channel access token > Issue`,
      note: 'If the bot must not stop and the leak is small: Reissue first with some hours of overlap, deploy, then revoke.',
      docs: 'tokens',
    },
    { phase: 'deploy', do: 'Put the new token in your secret store and deploy it', docs: 'tokens' },
    ...misuse,
  ],
  verify: { call: verify, live: '200; expires_in up to 2592000: a short-lived one', dead: '400 invalid_request' },
};
const v21: Credential = {
  id: 'v2-1',
  name: 'Channel access token v2.1',
  formats: ['line-jws-token'],
  isSecret: true,
  grants: 'Call the Messaging API as the channel until it expires.',
  lifetime: 'set by you, up to 30 days',
  maxActive: '30 per channel; one more is refused with 400',
  selfRevoke: 'token-and-client',
  strategy: 'overlap',
  overlap: 'as long as both live: up to 30 tokens at once',
  env: 'LINE_CHANNEL_ACCESS_TOKEN',
  steps: [
    revoke21,
    { phase: 'prove', do: 'See that the old token is refused', call: verify21, docs: 'verify21' },
    { phase: 'create', do: 'Issue a new one with a signed assertion (a JWT)', call: mint21, docs: 'issue21' },
    ...misuse,
  ],
  verify: { call: verify21, live: '200; a scope: LINE Login', dead: '400', sideEffects: 'Logs keep the address.' },
};

export default {
  provider: 'LINE',
  aliases: ['line messaging', 'line-messaging', 'line-messaging-oauth2-key', 'line login', 'line-login', 'line notify'],
  category: 'messaging',
  about: 'Credentials of a channel, the link between your server and a LINE Official Account or a LINE Login app.',
  docs: `${docs}/basics/channel-access-token/`,
  hosts: ['line.biz', 'line.me', 'linecorp.com'],
  formats: [
    {
      id: 'line-channel-id',
      name: 'LINE channel ID',
      severity: 'low',
      pattern: /[0-9]{10}/, // As in LINE's samples.
      near: [...bots, ...logins, 'line client', 'channel id', 'channel secret'],
      names: ['channel id', 'client id', 'line id', 'login id'],
      isPublic: true,
      sample: '{{digits:10}}',
    },
    {
      id: 'line-channel-token',
      name: 'LINE channel access token, long-lived',
      severity: 'critical',
      // 128 encrypted bytes in base64. The last block is padding: its 22 characters are the same in every token, and
      // four bits of the character before are zero. Observed; LINE calls the token opaque.
      pattern: /[A-Za-z0-9+/]{149}[AQgw]dB04t89\/1O\/w1cDnyilFU=/,
      keywords: ['dB04t89/1O/w1cDnyilFU='],
      minEntropy: 4.5,
      sample: '{{base64:149}}gdB04t89/1O/w1cDnyilFU=',
    },
    {
      id: 'line-channel-access-token',
      name: 'LINE channel access token, long-lived',
      severity: 'critical',
      // The same with another end, should LINE change it: base64, 171 or 172 characters and padding, as observed.
      pattern: /[A-Za-z0-9+/]{150,180}={0,2}/,
      near: [...bots, ...tokens],
      names: ['token', 'authorization', 'access', 'line', 'channel', 'api key'],
      // So long a random value has 5.5; names that stand in a program without anything between them reach 4.6.
      minEntropy: 5,
      sample: '{{base64:171}}=',
    },
    {
      id: 'line-jws-token',
      name: 'LINE access token: v2.1, stateless or of LINE Login',
      severity: 'high',
      // A JWS under HS256. Its payload is no JSON, so the proof for JWTs would call it false; see the samples in
      // https://developers.line.biz/en/reference/line-login/#verify-access-token
      pattern: /eyJhbGciOiJIUzI1NiJ9\.(?!eyJ)[A-Za-z0-9_-]{40,1000}\.[A-Za-z0-9_-]{43}/,
      keywords: ['eyJhbGciOiJIUzI1NiJ9.'],
      near: [...bots, ...tokens, ...logins, 'line user', 'access.line.me', 'liff'],
      minEntropy: 4,
      sample: 'eyJhbGciOiJIUzI1NiJ9.{{base64url:150}}.{{base64url:43}}',
    },
    {
      id: 'line-channel-secret',
      name: 'LINE channel secret',
      severity: 'critical',
      // 32 hexadecimal digits, as observed; neither part of a path nor a checksum in front of a file's name.
      pattern: /(?<!\/)[0-9a-f]{32}(?! [ *][A-Za-z0-9._-])/,
      near: [
        ...bots,
        ...logins,
        'line secret',
        'line client secret',
        'channel secret',
        'webhookhandler',
        'webhookparser',
      ],
      names: ['channel secret', 'line secret', 'bot secret', 'messaging secret', 'login secret', 'client secret'],
      minEntropy: 3,
      with: ['line-channel-id'],
      sample: '{{hex:32}}',
    },
    {
      id: 'line-assertion-key',
      name: 'LINE assertion signing key',
      severity: 'critical',
      // A JWK with the member "d" of an RSA key of 2048 bits (256 bytes in base64url), quoted as in JSON or in a string.
      pattern:
        /[{](?=[^{}]{0,4000}(?<![A-Za-z0-9_])kty\\{0,7}["']?\s{0,4}:\s{0,4}\\{0,7}["']RSA)(?=[^{}]{0,4000}(?<![A-Za-z0-9_])d\\{0,7}["']?\s{0,4}:\s{0,4}\\{0,7}["'](?<secret>[A-Za-z0-9_-]{340,344})(?![A-Za-z0-9_-]))[^{}]{1200,4000}/,
      keywords: ['kty'],
      near: [...bots, 'line login', 'line private key', 'line jwk', 'line assertion', 'assertion signing key'],
      minEntropy: 4.5,
      sample: '{{maker:jwk-rsa}}',
    },
    {
      id: 'line-notify-token',
      name: 'LINE Notify token (the service is closed)',
      severity: 'low',
      pattern: /[A-Za-z0-9]{43}/, // As observed.
      near: ['line notify', 'notify-api.line.me', 'notify-bot.line.me'],
      names: ['token', 'notify', 'authorization', 'access'],
      minEntropy: 4,
      sample: '{{base62:43}}',
    },
  ],
  examples: {
    find: [
      'LINE_CHANNEL_ID=2004517386\nLINE_CHANNEL_SECRET={{line-channel-secret}}',
      "const c = {\n  channelAccessToken: '{{line-channel-token}}',\n  channelSecret: '{{line-channel-secret}}',\n};",
      'LineMessagingClient.builder("{{line-channel-access-token}}").build();',
      "from linebot import LineBotApi\nb = LineBotApi('{{line-channel-access-token}}')\nh = WebhookHandler('{{line-channel-secret}}')",
      "from linebot.v3.messaging import Configuration\n\n\n\n\n\nc = Configuration(access_token='{{line-channel-access-token}}')",
      "new messagingApi.MessagingApiClient({ channelAccessToken: '{{line-channel-access-token}}' })",
      'import messagingapi.*;\nMessagingApiClient.builder("{{line-channel-access-token}}").build();',
      "Line::Bot::V2::MessagingApi::ApiClient.new(channel_access_token: '{{line-channel-access-token}}')",
      'bot, err := linebot.New("{{line-channel-secret}}", "{{line-channel-access-token}}")',
      'line.bot:\n  channel-token: {{line-channel-access-token}}\n  channel-secret: {{line-channel-secret}}',
      "$c = new \\LINE\\LINEBot\\HTTPClient\\CurlHTTPClient('{{line-channel-access-token}}');\n$bot = new \\LINE\\LINEBot($c, ['channelSecret' => '{{line-channel-secret}}']);",
      'Line::Bot::Client.new { |config| config.channel_token = "{{line-channel-access-token}}" }',
      "curl https://api.line.me/v2/bot/info \\\n  -H 'Authorization: Bearer {{line-channel-access-token}}'",
      '#define TOKEN "{{line-channel-token}}"',
      "LineProvider({ clientId: '2004517386', clientSecret: '{{line-channel-secret}}' })",
      "provider :line, '2004517386', '{{line-channel-secret}}'",
      "curl 'https://api.line.me/oauth2/v2.1/verify?access_token={{line-jws-token}}'",
      "const kid = '<kid>'; // LINE assertion signing key\nconst privateKey = {{line-assertion-key}};",
      "post('https://notify-api.line.me/api/notify', headers={'Authorization': 'Bearer {{line-notify-token}}'})",
    ],
    ignore: [
      "channelSecret: process.env.LINE_CHANNEL_SECRET,\nchannelAccessToken: 'YOUR_CHANNEL_ACCESS_TOKEN'\nLINE_CHANNEL_SECRET=your-channel-secret\nLINE_LOGIN_CHANNEL_SECRET=00000000000000000000000000000000",
      'LINE_CHANNEL_ID=2004517386\nLIFF_ID=2004517386-AbCdEfGh # LINE Login\nline bot build md5: d41d8cd98f00b204e9800998ecf8427e\nd41d8cd98f00b204e9800998ecf8427e  line-bot-sdk.tgz\nd41d8cd98f00b204e9800998ecf8427e *line-bot.tgz',
      'https://cdn.service.test/line-bot/d41d8cd98f00b204e9800998ecf8427e/icon.png',
      '{ "line-bot-icon.png": "d41d8cd98f00b204e9800998ecf8427e" }',
    ],
  },
  rotate: {
    url: `${docs}/basics/channel-access-token/#revoke-channel-access-token`,
    reviewed: '2026-11-22',
    // Where formats are empty, the token looks like the one before (LINE Login: like v2.1) and is found as that.
    credentials: [
      longLived,
      {
        ...longLived,
        id: 'short-lived',
        name: 'Short-lived channel access token',
        formats: [],
        lifetime: '30 days',
        maxActive: '30 per channel; one more revokes the oldest',
        overlap: 'as long as both live: up to 30 tokens at once',
        steps: [
          ...longLived.steps.slice(0, 2),
          { phase: 'create', do: 'Let your server issue a new one', call: mintShort, docs: 'short' },
          ...misuse,
        ],
      },
      v21,
      {
        ...v21,
        id: 'stateless',
        name: 'Stateless channel access token',
        formats: [],
        lifetime: '15 minutes',
        selfRevoke: 'impossible',
        strategy: 'wait',
        overlap: 'each lives its own 15 minutes',
        steps: [
          { phase: 'contain', do: 'Wait 15 minutes: nobody can revoke it', docs: 'stateless' },
          { phase: 'prove', do: 'See that it is refused', call: botInfo, docs: 'stateless' },
          { phase: 'check', do: 'Rotate the secret or signing key if that leaked with it', docs: 'stateless' },
        ],
      },
      {
        id: 'channel-secret',
        name: 'Channel secret (with the channel ID)',
        formats: ['line-channel-secret'],
        isSecret: true,
        grants: 'Forge webhook calls, mint access tokens for the channel, redeem LINE Login codes.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'none: the old one stops as soon as the new one is issued',
        env: 'LINE_CHANNEL_SECRET',
        url: `${docs}/messaging-api/verify-webhook-signature/`,
        steps: [
          {
            phase: 'contain',
            do: 'Issue a new secret (Admin)',
            console: secret,
            danger: 'irreversible',
            docs: 'secret',
          },
          { phase: 'deploy', do: 'Deploy it at once: until then every webhook check fails', docs: 'secret' },
          {
            phase: 'revoke',
            do: 'Issue 30 short-lived tokens, then revoke those you do not need',
            call: mintShort,
            note: 'Tokens that a thief has minted cannot be listed. LINE keeps 30: each one more revokes the oldest, so 30 new ones push all others out, yours among them. Stateless ones end within 15 minutes.',
            danger: 'breaks-clients',
            docs: 'short',
          },
          { phase: 'prove', do: 'See that the old secret mints nothing', call: mint, docs: 'stateless' },
          ...misuse,
        ],
        verify: { call: mint, live: '200', dead: '400', sideEffects: 'A live one mints a token for 15 minutes.' },
      },
      {
        id: 'assertion-key',
        name: 'Assertion signing key (private JWK)',
        formats: ['line-assertion-key'],
        isSecret: true,
        grants: 'Mint v2.1 and stateless tokens for the channel, without the channel secret.',
        lifetime: 'until you remove its public key',
        selfRevoke: 'console',
        strategy: 'overlap',
        overlap: 'as long as you like: both keys work until you remove the old one',
        env: 'LINE_ASSERTION_SIGNING_KEY',
        url: `${docs}/messaging-api/generate-json-web-token/`,
        steps: [
          { phase: 'create', do: 'Register the public key of a new pair (role Admin)', console: keys, docs: 'jwt' },
          { phase: 'deploy', do: 'Deploy the new private key with the kid of the console', docs: 'jwt' },
          { phase: 'revoke', do: 'Remove the leaked public key', console: keys, danger: 'breaks-clients', docs: 'jwt' },
          {
            phase: 'check',
            do: 'List the key ids of live v2.1 tokens, with an assertion of the new key',
            call: { method: 'GET', url: kids, ok: '200 with the key ids that your server got', isSecretInUrl: true },
            note: 'LINE revokes by token, not by id, and does not say that tokens die with their key: a foreign one ends with its 30 days.',
            docs: 'kids',
          },
          { phase: 'prove', do: 'See that an assertion signed with it is refused', call: stale, docs: 'issue21' },
          ...misuse,
        ],
      },
      {
        ...v21,
        id: 'login-token',
        name: 'LINE Login access or refresh token',
        formats: [],
        grants: 'Read the profile of one user, as far as its scope goes.',
        lifetime: 'access: see expires_in, 30 days in samples; refresh: up to 90 days after its access token',
        strategy: 'revoke-only',
        overlap: 'none: the user signs in again',
        env: 'LINE_LOGIN_ACCESS_TOKEN',
        steps: [
          { ...revoke21, note: 'Only web apps need the client secret. Refresh tokens die with it.', docs: 'login' },
          { phase: 'prove', do: 'See that the old token is refused', call: verify21, docs: 'login' },
        ],
      },
      {
        id: 'notify',
        name: 'LINE Notify token',
        formats: ['line-notify-token'],
        isSecret: true,
        grants: 'Nothing any more: LINE Notify ended on 31 March 2025.',
        lifetime: 'ended with the service',
        selfRevoke: 'impossible',
        strategy: 'wait',
        overlap: 'none needed',
        env: 'LINE_NOTIFY_TOKEN',
        steps: [
          { phase: 'clean', do: 'Take the token out: there is nothing to revoke', docs: 'notify' },
          { phase: 'deploy', do: 'Move to the Messaging API: every call to LINE Notify fails', docs: 'notify' },
        ],
      },
      {
        id: 'channel-id',
        name: 'Channel ID',
        formats: ['line-channel-id'],
        isSecret: false,
        grants: 'Names the channel; the OAuth client_id.',
        lifetime: 'as long as the channel',
        selfRevoke: 'impossible',
        strategy: 'wait',
        overlap: 'needs no rotation',
        env: 'LINE_CHANNEL_ID',
        steps: [],
      },
    ],
    audit: [
      { kind: 'none', title: 'LINE gives out no log of API calls, webhooks or sign-ins', lookFor: [] },
      { kind: 'api', title: 'Delivery counts of a day', where: sent.url, lookFor: ['more messages than you sent'] },
      { kind: 'api', title: 'Use of the quota', where: `${api}/v2/bot/message/quota/consumption`, lookFor: ['a jump'] },
      { kind: 'api', title: 'Webhook address', where: webhook.url, lookFor: ['an address that is not yours'] },
      {
        kind: 'console',
        title: 'Account Manager',
        where: 'https://manager.line.biz/',
        lookFor: ['foreign broadcasts'],
      },
      { kind: 'own-logs', title: 'Your record of x-line-request-id', lookFor: ['messages without a request of yours'] },
    ],
    risks: [
      'One broadcast reaches every friend of the account, in your name and at the cost of your quota.',
      'Profiles are read, and the webhook is moved to another server, which then reads every message.',
      'With the channel secret: forged events pass your signature check, and new tokens are minted at will.',
    ],
    breaks: ['every message, rich menus (token)', 'webhook checks, LINE Login, minting of tokens (channel secret)'],
    usedIn: ['LINE_CHANNEL_ACCESS_TOKEN', 'LINE_CHANNEL_SECRET', 'CHANNEL_ACCESS_TOKEN', 'application.yml: line.bot.*'],
    practices: [
      'Keep only the channel secret or signing key in a store, and mint stateless tokens (15 minutes) at run time.',
      'Limit a long-lived token to the addresses of your servers: channel > Security. Other tokens are not limited.',
      'Log x-line-request-id of every call: LINE keeps no logs for you.',
    ],
    gotchas: [
      'Revoke answers 200 to unknown tokens, and verify 400 to dead ones, not 401.',
      'A 31st v2.1 token is refused; a 31st short-lived one pushes the oldest out.',
      'A new channel secret is not documented to end the tokens already issued.',
    ],
    links: [
      { id: 'tokens', title: 'Channel access tokens', url: `${docs}/basics/channel-access-token/` },
      { id: 'revoke', title: 'Revoke', url: `${reference}#revoke-longlived-or-shortlived-channel-access-token` },
      { id: 'verify', title: 'Verify', url: `${reference}#verify-channel-access-token` },
      { id: 'short', title: 'Issue a short-lived token', url: `${reference}#issue-shortlived-channel-access-token` },
      { id: 'revoke21', title: 'Revoke v2.1', url: `${reference}#revoke-channel-access-token-v2-1` },
      { id: 'verify21', title: 'Verify v2.1', url: `${reference}#verify-channel-access-token-v2-1` },
      { id: 'issue21', title: 'Issue v2.1', url: `${reference}#issue-channel-access-token-v2-1` },
      { id: 'kids', title: 'Key ids', url: `${reference}#get-all-valid-channel-access-token-key-ids-v2-1` },
      { id: 'stateless', title: 'Stateless tokens', url: `${reference}#issue-stateless-channel-access-token` },
      { id: 'jwt', title: 'Assertion signing key', url: `${docs}/messaging-api/generate-json-web-token/` },
      { id: 'secret', title: 'Reissue the secret', url: `${docs}/messaging-api/verify-webhook-signature/` },
      { id: 'login', title: 'LINE Login tokens', url: `${docs}/line-login/managing-access-tokens/` },
      { id: 'notify', title: 'End of LINE Notify', url: 'https://notify-bot.line.me/closing-announce' },
      { id: 'webhook', title: 'Webhook address', url: `${reference}#get-webhook-endpoint-information` },
      { id: 'delivery', title: 'Sent broadcasts', url: `${reference}#get-number-of-broadcast-messages` },
    ],
  },
} satisfies Detector;
