import type { PlaybookEntry, Step } from '../../src/detect/detector.js';

const revoke: Step = {
  phase: 'contain',
  do: 'Revoke the leaked token',
  call: {
    method: 'POST',
    url: 'https://api.line.me/v2/oauth/revoke',
    form: { access_token: '{{secret}}' },
    ok: '200',
    errors: ['400: malformed token'],
    provesRevocation: false,
  },
  note: 'Answers 200 even for an unknown token.',
  danger: 'breaks-clients',
  docs: 'revoke-api',
};

const prove: Step = {
  phase: 'prove',
  do: 'Show that the old token is dead',
  call: {
    method: 'POST',
    url: 'https://api.line.me/v2/oauth/verify',
    form: { access_token: '{{secret}}' },
    ok: '400 invalid_request',
    errors: ['200: still live'],
    provesRevocation: true,
  },
  docs: 'verify-api',
};

const deploy: Step = {
  phase: 'deploy',
  do: 'Put the new value into your secret store and deploy it',
  note: 'Webhook signature checks fail until this is done.',
  docs: 'token-basics',
};

/** LINE, with two secrets and a public id. */
export const line: PlaybookEntry = {
  id: 'line',
  provider: 'LINE',
  aliases: ['line messaging', 'line-messaging-oauth2-key', 'line login'],
  category: 'messaging',
  about: 'Credentials of a channel: they send messages as your LINE Official Account and sign users in.',
  docs: 'https://developers.line.biz/en/docs/basics/channel-access-token/',
  hosts: ['line.biz', 'line.me'],
  formats: [
    {
      id: 'line-channel-access-token',
      name: 'LINE channel access token, long-lived',
      severity: 'critical',
      isPublic: false,
    },
    { id: 'line-channel-secret', name: 'LINE channel secret', severity: 'critical', isPublic: false },
    { id: 'line-channel-id', name: 'LINE channel id', severity: 'low', isPublic: true },
  ],
  rotate: {
    url: 'https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token',
    reviewed: '2026-10-20',
    credentials: [
      {
        id: 'long-lived',
        name: 'Long-lived channel access token',
        formats: ['line-channel-access-token'],
        isSecret: true,
        grants: 'Sends messages to every friend of the account.',
        lifetime: 'does not expire',
        maxActive: '1 per channel',
        selfRevoke: 'token-only',
        strategy: 'overlap',
        overlap: '0 to 24 hours, you choose',
        env: 'LINE_CHANNEL_ACCESS_TOKEN',
        steps: [
          revoke,
          {
            phase: 'create',
            do: 'Reissue it, the old token valid for 0 hours',
            console: 'channel > Messaging API > Channel access token > Reissue',
            docs: 'token-basics',
          },
          deploy,
          prove,
        ],
      },
      {
        id: 'channel-secret',
        name: 'Channel secret',
        formats: ['line-channel-secret'],
        isSecret: true,
        grants: 'Forges webhook calls and mints access tokens.',
        lifetime: 'does not expire',
        selfRevoke: 'console',
        strategy: 'cut-over',
        overlap: 'none: the old one stops at once',
        env: 'LINE_CHANNEL_SECRET',
        url: 'https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/',
        steps: [
          {
            phase: 'contain',
            do: 'Issue a new channel secret',
            console: 'channel > Basic settings > Channel secret > Issue',
            danger: 'irreversible',
            docs: 'token-basics',
          },
          deploy,
        ],
        verify: {
          call: {
            method: 'POST',
            url: 'https://api.line.me/oauth2/v3/token',
            form: { grant_type: 'client_credentials', client_id: '<CHANNEL_ID>', client_secret: '{{secret}}' },
            ok: '200',
          },
          live: '200',
          dead: '400',
          sideEffects: 'It makes a token that lives for 15 minutes.',
        },
      },
      {
        id: 'channel-id',
        name: 'Channel ID',
        formats: ['line-channel-id'],
        isSecret: false,
        grants: 'Names the channel.',
        lifetime: 'does not expire',
        selfRevoke: 'impossible',
        strategy: 'wait',
        overlap: 'none',
        env: 'LINE_CHANNEL_ID',
        steps: [],
      },
    ],
    audit: [
      { kind: 'none', title: 'LINE gives out no logs of API calls', lookFor: [] },
      {
        kind: 'api',
        title: 'Delivery counts',
        where: 'GET /v2/bot/message/delivery/broadcast?date=<yyyyMMdd>',
        needs: 'a live token',
        retention: '1 year',
        lookFor: ['days on which the count is higher than your own'],
      },
    ],
    risks: ['One call reaches every friend of the account.', 'With the secret anyone can sign webhook calls.'],
    breaks: ['push and broadcast messages', 'rich menus'],
    usedIn: ['LINE_CHANNEL_ACCESS_TOKEN', 'application.yml: line.bot.channel-token'],
    practices: ['Mint stateless tokens (15 min) from the channel secret at run time.'],
    gotchas: ['Verify answers 400, not 401, for a dead token & more <b>.'],
    links: [
      {
        id: 'token-basics',
        title: 'Channel access token',
        url: 'https://developers.line.biz/en/docs/basics/channel-access-token/',
      },
      {
        id: 'revoke-api',
        title: 'Revoke a token',
        url: 'https://developers.line.biz/en/reference/messaging-api/#revoke',
      },
      {
        id: 'verify-api',
        title: 'Verify a token',
        url: 'https://developers.line.biz/en/reference/messaging-api/#verify',
      },
    ],
  },
};

/** Another provider with the same data: only who it is differs. */
export function toEntry(id: string, change: Partial<PlaybookEntry> = {}): PlaybookEntry {
  const formats = [{ id: `${id}-api-key`, name: `${id} API key`, severity: 'high', isPublic: false } as const];
  return { ...line, id, provider: id, aliases: [], category: 'other', formats, ...change };
}
