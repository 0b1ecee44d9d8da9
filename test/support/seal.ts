import type { ProofName } from '../../src/detect/detector.js';
import { toBase62 } from '../../src/detect/proofs/base62.js';
import { crc32, crc32Hex } from '../../src/detect/proofs/crc32.js';
import { proofs } from '../../src/detect/proofs/proofs.js';
import { dataCenter, gitlabToken, jsonText, macaroon, make, snowflake } from './makers.js';
import { type Random, randomText, seeded } from './random.js';

/** How a draft is made valid, and how a valid value is made invalid. */
interface Sealing {
  readonly seal: (draft: string, random: Random) => string;
  /** Left out where any other last character will do. */
  readonly breakIt?: (value: string) => string;
}

/** Makes a draft with the right prefix and lengths valid under a proof: puts in the checksum, or what can be decoded. */
export function seal(proof: ProofName, draft: string, random: Random = seeded): string {
  // What a maker has made is valid as it is.
  return proofs[proof](draft) === 'holds' ? draft : sealings[proof].seal(draft, random);
}

/**
 * A value like this one that is not proven: the proof says `fails`, or `unknown` where only a sum that fits tells
 * anything (`atlassian-crc32`, `aws-account`, `bitbucket-app-password`, `cloudflare-crc32`, `data-center-token`, `vercel-crc32`).
 */
export function broken(value: string, proof: ProofName): string {
  return (sealings[proof].breakIt ?? otherEnd)(value);
}

const sealings: Readonly<Record<ProofName, Sealing>> = {
  'age-bech32': { seal: (_, random) => make('age', random) },
  'atlassian-crc32': { seal: (draft) => sealHex(draft) },
  'aws-account': { seal: sealAws, breakIt: (value) => `${value.slice(0, 4)}I${value.slice(5)}` },
  'bitbucket-app-password': { seal: (draft) => sealHex(draft) },
  'cloudflare-crc32': { seal: (draft) => replaceEnd(draft, 8, (head) => crc32Hex(afterPrefix(head))) },
  'data-center-token': { seal: sealDataCenter, breakIt: (value) => [...value].reverse().join('') },
  'discord-bot-id': { seal: sealDiscord, breakIt: (value) => `${value.slice(0, 4)}_-_${value.slice(7)}` },
  'github-crc32': { seal: sealBase62 },
  'gitlab-routable': { seal: sealGitlab, breakIt: (value) => `${value.slice(0, -9)}zz${value.slice(-7)}` },
  'grafana-crc32': { seal: (draft) => replaceEnd(draft, 8, (head) => littleEndian(crc32(head.slice(0, -1)))) },
  'json-base64': { seal: sealJson, breakIt: (value) => `${value.slice(0, -9)}!` },
  jwt: {
    seal: (_, random) => make('jwt', random),
    breakIt: (value) => value.replace(/^[^.]{1,2000}/, Buffer.from('{"alg":"none"}').toString('base64url')),
  },
  'openssh-key': { seal: (_, random) => make('openssh', random), breakIt: cutPem },
  'pem-key': { seal: (_, random) => make('rsa-pem', random), breakIt: cutPem },
  'pypi-macaroon': { seal: sealPypi, breakIt: (value) => value.slice(0, -8) },
  'vercel-crc32': { seal: sealBase62 },
};

function sealBase62(draft: string): string {
  return replaceEnd(draft, 6, (head) => toBase62(crc32(afterPrefix(head)), 6));
}

function sealHex(draft: string): string {
  return replaceEnd(draft, 8, (head) => crc32Hex(head).toUpperCase());
}

function sealAws(draft: string, random: Random): string {
  // From Q on, the first digit says that an account follows; 6 and 7 could make it longer than 12 digits.
  return `${draft.slice(0, 4)}${randomText(random, 'QRSTUVWXYZ2345', 1)}${draft.slice(5)}`;
}

function sealDataCenter(draft: string, random: Random): string {
  return `${draft.startsWith('BBDC-') ? 'BBDC-' : ''}${dataCenter(random)}`;
}

function sealDiscord(draft: string, random: Random): string {
  const [, ...rest] = draft.split('.');
  return [Buffer.from(snowflake(random)).toString('base64url'), ...rest].join('.');
}

function sealGitlab(draft: string, random: Random): string {
  const prefix = /^(?:gl[a-z]{2,8}-)?(?:t\d_)?/.exec(draft)?.[0] ?? '';
  return gitlabToken(random, prefix, draft.split('.').length > 2 ? '01.' : '');
}

function sealJson(draft: string, random: Random): string {
  const prefix = /^[\w:-]{0,40}?(?=ey)/.exec(draft)?.[0] ?? '';
  const json = jsonText(random);
  return `${prefix}${Buffer.from(json).toString('base64').replaceAll('=', '')}`;
}

function sealPypi(draft: string, random: Random): string {
  return `pypi-${macaroon(random, draft.startsWith('pypi-AgENdGVzd') ? 'test.pypi.org' : 'pypi.org')}`;
}

function cutPem(value: string): string {
  return value.replace(/(KEY(?: BLOCK)?-----)[\s\S]{1,20000}(-----END)/, '$1\nMIIEpAIBAAKCAQEA...\n$2');
}

function otherEnd(value: string): string {
  const last = value.slice(-1);
  const others = /[A-Z]/.test(last) ? 'AC' : 'ac';
  return `${value.slice(0, -1)}${others.charAt(last.toUpperCase() === 'A' ? 1 : 0)}`;
}

function replaceEnd(draft: string, length: number, end: (head: string) => string): string {
  const head = draft.slice(0, -length);
  return `${head}${end(head)}`;
}

function afterPrefix(head: string): string {
  return head.slice(head.indexOf('_') + 1);
}

function littleEndian(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes.toString('hex');
}
