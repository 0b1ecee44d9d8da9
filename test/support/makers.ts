import { createHmac, generateKeyPairSync } from 'node:crypto';
import { bech32Checksum } from '../../src/detect/proofs/age.js';
import { crc32 } from '../../src/detect/proofs/crc32.js';
import { between, type Random, randomBytes, randomText } from './random.js';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE64URL = `${BASE62}-_`;
const BECH32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';
const PASSPHRASE = 'only for this run';

/** Grows one whole value. */
type Maker = (random: Random) => string;

// Keys are real ones, made in memory and never written to disk. RSA takes long, so each kind is made once per process;
// they do not depend on the seed.
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['rsa-pem', once(() => rsa().export({ type: 'pkcs1', format: 'pem' }).toString())],
  ['rsa-encrypted-pem', once(encryptedPkcs1)],
  ['ec-pem', once(() => ec().export({ type: 'sec1', format: 'pem' }).toString())],
  ['pkcs8-pem', once(() => rsa().export({ type: 'pkcs8', format: 'pem' }).toString())],
  [
    'ed25519-pem',
    once(() => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  ],
  ['pkcs8-encrypted-pem', once(encryptedPkcs8)],
  ['openssh', (random) => openssh(random, 'none')],
  ['openssh-encrypted', (random) => openssh(random, 'aes256-ctr')],
  ['pgp-private', pgpPrivate],
  ['putty', putty],
  ['ssh2', ssh2],
  ['base64-pem', once(() => Buffer.from(ec().export({ type: 'sec1', format: 'pem' })).toString('base64'))],
  ['jwk-rsa', once(() => JSON.stringify(rsa().export({ format: 'jwk' })))],
  ['jwt', (random) => jwtWith({ sub: randomText(random, BASE62, 20), iat: 1_700_000_000 }, random)],
  ['age', age],
  ['pypi', (random) => `pypi-${macaroon(random, 'pypi.org')}`],
  ['testpypi', (random) => `pypi-${macaroon(random, 'test.pypi.org')}`],
  ['discord-bot', discordBot],
  ['gitlab-routable', (random) => gitlabToken(random, 'glpat-', '01.')],
  ['data-center', dataCenter],
  ['gcp-service-account', gcpServiceAccount],
  ['json-base64', (random) => Buffer.from(jsonText(random)).toString('base64')],
]);

/** What may stand in `{{maker:…}}`. */
export const makerNames: readonly string[] = [...makers.keys()];

export function isMaker(name: string): boolean {
  return makers.has(name);
}

export function make(name: string, random: Random): string {
  const maker = makers.get(name);
  if (maker === undefined) throw new Error(`No maker is called ${name}.`);
  return maker(random);
}

/** A token with these claims, signed with a key that nobody keeps. */
export function jwtWith(claims: Readonly<Record<string, unknown>>, random: Random): string {
  const signed = `${base64Json({ alg: 'HS256', typ: 'JWT' })}.${base64Json(claims)}`;
  return `${signed}.${createHmac('sha256', randomBytes(random, 32)).update(signed).digest('base64url')}`;
}

/** The macaroon of a PyPI token: version, location, identifier, one caveat, signature. */
export function macaroon(random: Random, location: string): string {
  const field = (type: number, data: Buffer) => [Buffer.from([type, data.length]), data];
  const caveat = Buffer.from(JSON.stringify([3, hexId(random)]));
  const parts = [
    Buffer.from([2]),
    ...field(1, Buffer.from(location)),
    ...field(2, Buffer.from(hexId(random))),
    Buffer.from([0]),
    ...field(2, caveat),
    Buffer.from([0, 0]),
    ...field(6, randomBytes(random, 32)),
  ];
  return Buffer.concat(parts).toString('base64url');
}

/** The six digits that make `data` valid Bech32. */
function bech32Digits(prefix: string, data: string): string {
  const checksum = bech32Checksum(prefix, `${data}QQQQQQ`) ^ 1;
  return Array.from({ length: 6 }, (_, index) => BECH32.charAt((checksum >>> (5 * (5 - index))) & 31)).join('');
}

/** A Discord id: a moment between 2016 and 2025, with the counter bits at random. */
export function snowflake(random: Random): string {
  const ms = BigInt(between(random, 40_000_000, 330_000_000)) * 1000n;
  return ((ms << 22n) | BigInt(between(random, 0, 0x3fffff))).toString();
}

/** A routable GitLab token: where to route to, 16 random bytes and their number; then length and checksum. */
export function gitlabToken(random: Random, prefix: string, version: '' | '01.'): string {
  const routing = `o:${between(random, 1, 9)}\nu:${between(random, 100_000, 9_999_999).toString(36)}`;
  const content = Buffer.concat([Buffer.from(routing), randomBytes(random, 16), Buffer.from([16])]);
  const payload = content.toString('base64url');
  const checked = `${prefix}${payload}.${version}${payload.length.toString(36).padStart(2, '0')}`;
  return `${checked}${crc32(checked).toString(36).padStart(7, '0')}`;
}

/** The id and random bytes in a Data Center token. */
export function dataCenter(random: Random): string {
  const id = `${between(random, 1, 9)}${randomText(random, '0123456789', 11)}`;
  return Buffer.concat([Buffer.from(`${id}:`), randomBytes(random, 20)]).toString('base64');
}

export function jsonText(random: Random): string {
  return JSON.stringify({ id: hexId(random), key: randomText(random, BASE62, 32) });
}

function once(make: () => string): Maker {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

let rsaKey: ReturnType<typeof newRsa> | undefined;

function newRsa() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function rsa(): ReturnType<typeof newRsa> {
  rsaKey ??= newRsa();
  return rsaKey;
}

function ec(): ReturnType<typeof newRsa> {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

function encryptedPkcs1(): string {
  return rsa().export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: PASSPHRASE }).toString();
}

function encryptedPkcs8(): string {
  return rsa().export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE }).toString();
}

/** https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key */
function openssh(random: Random, cipher: 'none' | 'aes256-ctr'): string {
  const publicKey = randomBytes(random, 32);
  const pub = Buffer.concat([sshString('ssh-ed25519'), sshString(publicKey)]);
  const check = randomBytes(random, 4);
  const secret = sshString(Buffer.concat([randomBytes(random, 32), publicKey]));
  const plain = Buffer.concat([check, check, pub, secret, sshString('ana@laptop'), Buffer.from([1, 2, 3])]);
  const isPlain = cipher === 'none';
  const kdfOptions = Buffer.concat([sshString(randomBytes(random, 16)), Buffer.from([0, 0, 0, 24])]);
  const key = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    sshString(cipher),
    sshString(isPlain ? 'none' : 'bcrypt'),
    sshString(isPlain ? '' : kdfOptions),
    Buffer.from([0, 0, 0, 1]),
    sshString(pub),
    sshString(isPlain ? plain : randomBytes(random, 144)),
  ]);
  return armoured('OPENSSH PRIVATE KEY', key, 70);
}

function sshString(data: string | Buffer): Buffer {
  const bytes = Buffer.from(data);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The armour is right, the packet says "secret key, version 4, Ed25519", its content is random. */
function pgpPrivate(random: Random): string {
  const content = Buffer.concat([
    Buffer.from([4]),
    randomBytes(random, 4),
    Buffer.from([22]),
    randomBytes(random, 250),
  ]);
  const packet = Buffer.concat([Buffer.from([0x95, 1, 0]), content]);
  const begin = ['-----BEGIN PGP PRIVATE', 'KEY BLOCK-----'].join(' ');
  const end = begin.replace('BEGIN', 'END');
  return `${begin}\n\n${wrapped(packet, 64)}\n=${crc24(packet)}\n${end}\n`;
}

/** https://www.rfc-editor.org/rfc/rfc9580#section-6.1 */
function crc24(bytes: Buffer): string {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if (crc & 0x1000000) crc ^= 0x1864cfb;
    }
  }
  return Buffer.from([crc >> 16, crc >> 8, crc].map((value) => value & 0xff)).toString('base64');
}

/** https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html */
function putty(random: Random): string {
  const publicKey = randomBytes(random, 32);
  const pub = Buffer.concat([sshString('ssh-ed25519'), sshString(publicKey)]).toString('base64');
  return [
    'PuTTY-User-Key-File-3: ssh-ed25519',
    'Encryption: none',
    'Comment: ed25519-key-20261120',
    'Public-Lines: 2',
    pub.slice(0, 64),
    pub.slice(64),
    'Private-Lines: 1',
    sshString(randomBytes(random, 32)).toString('base64'),
    `Private-MAC: ${randomBytes(random, 32).toString('hex')}`,
    '',
  ].join('\n');
}

/** The magic number, the length, then kind, cipher and numbers: do_convert_private_ssh2() in OpenSSH's ssh-keygen.c reads it. */
function ssh2(random: Random): string {
  const kind = sshString('if-modn{sign{rsa-pkcs1-sha1},encrypt{rsa-pkcs1v2-oaep}}');
  const rest = Buffer.concat([kind, sshString('none'), sshString(sshString(randomBytes(random, 600)))]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(rest.length + 8);
  const body = wrapped(Buffer.concat([Buffer.from('3f6ff9eb', 'hex'), length, rest]), 70);
  const label = ['SSH2 ENCRYPTED', 'PRIVATE KEY'].join(' ');
  return `---- BEGIN ${label} ----\nComment: "2048-bit rsa, ana@laptop"\n${body}\n---- END ${label} ----\n`;
}

function age(random: Random): string {
  const data = randomText(random, BECH32, 51) + randomText(random, 'QSP0', 1);
  return `AGE-SECRET-KEY-1${data}${bech32Digits('age-secret-key-', data)}`;
}

function discordBot(random: Random): string {
  const id = Buffer.from(snowflake(random)).toString('base64url');
  return `${id}.G${randomText(random, BASE64URL, 5)}.${randomText(random, BASE64URL, 38)}`;
}

function gcpServiceAccount(random: Random): string {
  const project = `billing-${between(random, 100_000, 999_999)}`;
  const email = `deploy@${project}.iam.gserviceaccount.com`;
  const account = {
    type: 'service_account',
    project_id: project,
    private_key_id: hexId(random) + randomBytes(random, 4).toString('hex'),
    private_key: make('pkcs8-pem', random),
    client_email: email,
    client_id: `1${randomText(random, '0123456789', 20)}`,
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
  };
  return JSON.stringify(account, undefined, 2);
}

function hexId(random: Random): string {
  return randomBytes(random, 16).toString('hex');
}

function base64Json(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function armoured(label: string, bytes: Buffer, width: number): string {
  return `-----BEGIN ${label}-----\n${wrapped(bytes, width)}\n-----END ${label}-----\n`;
}

function wrapped(bytes: Buffer, width: number): string {
  return bytes.toString('base64').replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');
}
