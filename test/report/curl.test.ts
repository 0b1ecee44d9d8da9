import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import type { Call } from '../../src/detect/detector.js';
import { isQuoteSensitive, renderCurl } from '../../src/report/curl.js';

const hasShellAndCurl = spawnSync('bash', ['-c', 'curl --version']).status === 0;
const testWithCurl = hasShellAndCurl ? test : test.skip;

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The arguments of every process that can be seen while the request is under way. */
  readonly processes: string;
}

/** Runs the command in bash against a server on this machine, types the values in, and gives what arrived. */
async function runAgainstServer(call: Call, typed: readonly string[]): Promise<Seen> {
  let seen: Seen | undefined;
  const server = createServer(async (request, response) => {
    seen = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: await text(request),
      processes: readProcesses(),
    };
    response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const port = portOf(server.address());
    const command = renderCurl(call, 80).join('\n').replaceAll('https://api.example', `http://127.0.0.1:${port}`);
    const bash = spawn('bash', ['--noprofile', '--norc', '-c', command], { stdio: ['pipe', 'ignore', 'pipe'] });
    bash.stdin.end(typed.map((value) => `${value}\n`).join(''));
    const [stderr] = await Promise.all([text(bash.stderr), new Promise((resolve) => bash.on('close', resolve))]);
    if (seen === undefined) throw new Error(`nothing arrived: ${stderr}`);
    return seen;
  } finally {
    server.close();
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Empty where there is no /proc: then only the arrival is tested. */
function readProcesses(): string {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(readCommandLine)
      .join('\n');
  } catch {
    return '';
  }
}

function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended since
  }
}

function growSecret(): string {
  return `%s$HOME;${randomBytes(12).toString('hex')}+/=&x%41`;
}

const post = { method: 'POST', url: 'https://api.example/revoke', ok: '200' } as const;
const get = { method: 'GET', url: 'https://api.example/me', ok: '200' } as const;

const calls: readonly [string, Call, (seen: Seen, secret: string, admin: string) => void][] = [
  [
    'a form field',
    { ...post, form: { token_type_hint: 'access token', access_token: '{{secret}}' } },
    ({ body }, secret) =>
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
        token_type_hint: 'access token',
        access_token: secret,
      }),
  ],
  [
    'a header',
    { ...get, headers: { Authorization: 'Bearer {{secret}}', Accept: 'application/json' } },
    ({ headers }, secret) =>
      expect(headers).toMatchObject({ authorization: `Bearer ${secret}`, accept: 'application/json' }),
  ],
  [
    'a header beside a JSON body without a secret',
    { ...post, method: 'PATCH', headers: { 'X-Api-Key': '{{admin}}' }, json: { status: "it's 100% \\ off" } },
    ({ headers, body, method }, _, admin) => {
      expect(method).toBe('PATCH');
      expect(headers).toMatchObject({ 'x-api-key': admin, 'content-type': 'application/json' });
      expect(JSON.parse(body)).toEqual({ status: "it's 100% \\ off" });
    },
  ],
  [
    'a JSON body',
    { ...post, json: { credentials: ['{{secret}}'], note: 'it\'s 100% "new"\n' } },
    ({ headers, body }, secret) => {
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(body)).toEqual({ credentials: [secret], note: 'it\'s 100% "new"\n' });
    },
  ],
  [
    'basic auth',
    { ...post, basic: '<CLIENT_ID>:{{secret}}', form: { grant_type: 'client_credentials' } },
    ({ headers, body }, secret) => {
      expect(headers.authorization).toBe(`Basic ${btoa(`<CLIENT_ID>:${secret}`)}`);
      expect(body).toBe('grant_type=client_credentials');
    },
  ],
  [
    'the address',
    { ...get, url: 'https://api.example/bot{{secret}}/getMe?a=[1]', isSecretInUrl: true },
    ({ url }, secret) => expect(url).toBe(`/bot${secret}/getMe?a=[1]`),
  ],
  [
    'a form field and basic auth with an admin credential',
    { ...post, basic: '<CLIENT_ID>:{{admin}}', form: { token: '{{secret}}', kind: 'a=b' } },
    ({ headers, body }, secret, admin) => {
      expect(headers.authorization).toBe(`Basic ${btoa(`<CLIENT_ID>:${admin}`)}`);
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ token: secret, kind: 'a=b' });
    },
  ],
  [
    'a JSON body and a header with an admin credential',
    {
      ...post,
      method: 'DELETE',
      headers: { Authorization: 'Bearer {{admin}}' },
      json: { 'access\\token': '{{secret}}', note: 'a\n"b"' },
    },
    ({ method, headers, body }, secret, admin) => {
      expect(method).toBe('DELETE');
      expect(headers).toMatchObject({ authorization: `Bearer ${admin}`, 'content-type': 'application/json' });
      expect(JSON.parse(body)).toEqual({ 'access\\token': secret, note: 'a\n"b"' });
    },
  ],
  [
    'two form fields',
    { ...post, form: { client_id: '<ID>', client_secret: '{{admin}}', access_token: '{{secret}}' } },
    ({ body }, secret, admin) =>
      expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
        client_id: '<ID>',
        client_secret: admin,
        access_token: secret,
      }),
  ],
  [
    'two headers',
    { ...get, headers: { 'DD-API-KEY': '{{secret}}', 'DD-APPLICATION-KEY': '{{admin}}' } },
    ({ headers }, secret, admin) =>
      expect(headers).toMatchObject({ 'dd-api-key': secret, 'dd-application-key': admin }),
  ],
  [
    'a query',
    { ...get, form: { access_token: '{{secret}}' }, isSecretInUrl: true },
    ({ method, url }, secret) => {
      expect(method).toBe('GET');
      expect(new URL(url ?? '', 'http://x').searchParams.get('access_token')).toBe(secret);
    },
  ],
];

testWithCurl.each(calls)('a secret in %s arrives whole, and in no argument of a process', async (_, call, check) => {
  const [secret, admin] = [growSecret(), growSecret()];
  const command = renderCurl(call, 80).join('\n');
  const typed = [
    ...(command.includes('read -rs SECRET') ? [secret] : []),
    ...(command.includes('read -rs ADMIN') ? [admin] : []),
  ];

  const seen = await runAgainstServer(call, typed);

  check(seen, secret, admin);
  for (const value of typed) expect(seen.processes).not.toContain(value);
  if (process.platform === 'linux') expect(seen.processes).toContain('curl');
});

test('a call without a secret is a plain command', () => {
  const call: Call = { ...get, url: 'https://api.example/logs?date=<DATE>&all=1' };

  expect(renderCurl(call, 80)).toEqual(["curl -sSi 'https://api.example/logs?date=<DATE>&all=1'"]);
});

test('a command is one command, however many lines it takes', () => {
  const call: Call = { ...post, url: 'https://api.line.me/v2/oauth/revoke', form: { access_token: '{{secret}}' } };

  expect(renderCurl(call, 60)).toEqual([
    'read -rs SECRET; printf %s "$SECRET" | curl -sSi -X POST \\',
    '  https://api.line.me/v2/oauth/revoke \\',
    '  --data-urlencode access_token@-; unset SECRET',
  ]);
});

test.each([
  ['a header', { ...get, headers: { Authorization: '{{secret}}' } }, false],
  ['a form field', { ...post, form: { token: '{{secret}}' } }, false],
  ['JSON', { ...post, json: { token: '{{secret}}' } }, true],
  ['basic auth', { ...get, basic: 'a:{{secret}}' }, true],
  ['nothing', get, false],
])('whether quotes need care in %s', (_, call, isSensitive) => {
  expect(isQuoteSensitive(call)).toBe(isSensitive);
});
