import { expect, test } from '@jest/globals';
import type { Call, Credential, PlaybookEntry, Step } from '../../src/detect/detector.js';
import { toColumns } from '../../src/report/escape.js';
import { type PlaybookOptions, renderPlaybook } from '../../src/report/playbook.js';
import { line } from './sample-playbook.js';

const options: PlaybookOptions = { format: 'text', isFull: false, width: 80, now: new Date('2026-11-22') };
const [longLived, channelSecret, channelId] = line.rotate.credentials;

function withCredential(change: Partial<Credential>): PlaybookEntry {
  const credentials = line.rotate.credentials.map((credential) => ({ ...credential, ...change }));
  return { ...line, rotate: { ...line.rotate, credentials } };
}

test('the default view is one screen of steps', () => {
  expect(renderPlaybook(line, options)).toMatchInlineSnapshot(`
"LINE   reviewed 2026-10-20   offline copy   more: leak-guard rotate line --full
Which one?  1 long-lived  2 channel-secret  (--credential NUMBER or ID)

LINE Long-lived channel access token   overlap: 0 to 24 hours, you choose
revocable: with the value alone
Could malware have taken it? Isolate this machine first, revoke elsewhere.
Commands are for bash or zsh. They ask for the value; it does not show.
 1 contain   Revoke the leaked token (breaks clients)
             read -rs SECRET; printf %s "$SECRET" | curl -sSi -X POST \\
               https://api.line.me/v2/oauth/revoke \\
               --data-urlencode access_token@-; unset SECRET
             expect 200 (that is no proof: see prove); 400: malformed token
             Answers 200 even for an unknown token.
 2 create    Reissue it, the old token valid for 0 hours
             channel > Messaging API > Channel access token > Reissue
 3 deploy    Put the new value into your secret store and deploy it
             Webhook signature checks fail until this is done.
 4 prove     Show that the old token is dead
             read -rs SECRET; printf %s "$SECRET" | curl -sSi -X POST \\
               https://api.line.me/v2/oauth/verify \\
               --data-urlencode access_token@-; unset SECRET
             expect 400 invalid_request; 200: still live

   look      Delivery counts; GET /v2/bot/message/delivery/broadcast?date=<yy...
   breaks    push and broadcast messages, rich menus
   used in   LINE_CHANNEL_ACCESS_TOKEN, application.yml: line.bot.channel-token
   store     Mint stateless tokens (15 min) from the channel secret at run time.
  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('one credential can be asked for', () => {
  const text = renderPlaybook(line, {
    ...options,
    ...(channelSecret === undefined ? {} : { credential: channelSecret }),
  });

  expect(text).toContain('1 contain   Issue a new channel secret (no way back)');
  expect(text).not.toContain('Revoke the leaked token');
});

test('an id that is no secret asks for no rotation', () => {
  const text = renderPlaybook(line, { ...options, ...(channelId === undefined ? {} : { credential: channelId }) });

  expect(text).toContain('Not a secret: it needs no rotation.');
});

test.each([1, 4, 8, 12, 40])('with %d steps the default view keeps to 30 lines of 80 columns', (count) => {
  const call: Call = {
    method: 'DELETE',
    url: 'https://api.line.me/v1/organizations/<ORGANIZATION_ID>/keys/<KEY_ID>',
    headers: { Authorization: 'Bearer {{admin}}' },
    ok: '204',
    errors: ['404: unknown id', '401: the admin credential is dead'],
  };
  const step: Step = {
    phase: 'revoke',
    do: 'Delete the leaked key',
    console: 'Settings > Keys > three dots > Delete',
    call,
    note: 'It takes a few seconds to reach every region, and clients that use it fail from then on.',
    docs: 'revoke-api',
  };

  const text = renderPlaybook(withCredential({ steps: Array.from({ length: count }, () => step) }), options);

  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(30);
  expect(lines.filter((shown) => toColumns(shown) > 80 && !shown.includes('https://'))).toEqual([]);
  expect(lines.at(-1)).toBe(`  ${line.rotate.url}`);
  if (count > 4) expect(text).toContain('--full');
});

test('what the short view leaves out is in the full one', () => {
  const text = renderPlaybook(line, { ...options, isFull: true });

  for (const { name, id, steps } of line.rotate.credentials) {
    expect(text).toContain(`${name} (--credential ${id})`);
    for (const step of steps) expect(text).toContain(step.do);
  }
  for (const { url } of line.rotate.links) expect(text).toContain(url);
  expect(text).toContain('What a thief can do');
});

test('an old playbook says how old it is', () => {
  const old = renderPlaybook(line, { ...options, now: new Date('2027-12-22') });

  expect(old.split('\n')[0]).toContain('reviewed 14 months ago');
});

test('a call that proves nothing says so', () => {
  expect(renderPlaybook(line, options)).toContain('expect 200 (that is no proof: see prove)');
});

test('a value between quotes comes with the advice on quotes', () => {
  const steps = longLived?.steps.map((step) =>
    step.call === undefined ? step : { ...step, call: { ...step.call, form: {}, basic: '<ID>:{{secret}}' } },
  );

  const text = renderPlaybook(withCredential({ steps: steps ?? [] }), { ...options, isFull: true });

  expect(text.replace(/\s+/g, ' ')).toContain('Where the value holds " or \\, type a \\ before each of them.');
});

test('Markdown keeps placeholders as text', () => {
  const markdown = renderPlaybook(line, { ...options, format: 'md' });

  expect(markdown).toContain('## Channel secret\n');
  expect(markdown).toContain('broadcast?date=\\<yyyyMMdd\\>');
  expect(markdown).toContain("--data-urlencode 'client_id=<CHANNEL_ID>'");
  expect(markdown).toContain('[Revoke a token](<https://developers.line.biz/en/reference/messaging-api/#revoke>)');
});

test('HTML stands alone: no script, nothing loaded, text escaped, an anchor for each credential', () => {
  const html = renderPlaybook(line, { ...options, format: 'html' });

  for (const { id } of line.rotate.credentials) {
    expect(html).toContain(`<section id="${id}">`);
    expect(html).toContain(`href="#${id}"`);
  }
  expect(html).not.toMatch(/<(script|link|img|iframe|object)|\ssrc=|@import|url\(/i);
  expect(html).toContain('a dead token &amp; more &lt;b&gt;.');
  expect(html).toContain('client_id=&lt;CHANNEL_ID&gt;');
  expect(new Set(html.match(/ id="[^"]+"/g)).size).toBe(html.match(/ id="[^"]+"/g)?.length);
});

test('HTML links nothing but https', () => {
  const links = [{ id: 'token-basics', title: 'Bad', url: 'javascript:alert(1)' }];

  const html = renderPlaybook({ ...line, rotate: { ...line.rotate, links } }, { ...options, format: 'html' });

  expect(html).toContain('Bad: javascript:alert(1)');
  expect(html).not.toContain('href="javascript');
});

test('JSON is the playbook as data', () => {
  const json = JSON.parse(
    renderPlaybook(line, { ...options, format: 'json', ...(longLived === undefined ? {} : { credential: longLived }) }),
  );

  expect(json).toMatchObject({ version: 1, id: 'line', provider: 'LINE', rotate: { reviewed: '2026-10-20' } });
  expect(json.rotate.credentials).toEqual([longLived]);
});

test.each(['text', 'md', 'html'] as const)('no placeholder of ours is left in %s', (format) => {
  expect(renderPlaybook(line, { ...options, format, isFull: true })).not.toMatch(/\{\{|undefined|\[object/);
});
