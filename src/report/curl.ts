import type { Call } from '../detect/detector.js';

/** A piece of the request that holds a secret, and the ways in which curl takes it from a pipe. */
interface Part {
  readonly kind: 'url' | 'header' | 'form' | 'json' | 'basic';
  /** The whole text, with `{{secret}}` or `{{admin}}` in it. */
  readonly text: string;
  /** The key in a curl config file. */
  readonly key: string;
}

/** What the shell asks for. */
const ASKED = [
  { placeholder: '{{secret}}', variable: 'SECRET', prompt: 'echo leaked value:' },
  { placeholder: '{{admin}}', variable: 'ADMIN', prompt: 'echo admin credential:' },
] as const;

const PLACEHOLDER = /\{\{(secret|admin)\}\}/g;

/**
 * Writes the request as one shell command for bash and zsh, broken into lines with ` \`. The secret is read without
 * echo, goes through `printf`, which is part of the shell, and reaches curl by its standard input: it stands neither
 * in the arguments of a process nor in the shell's history nor in a file. One command, because a pasted second line
 * would be read as the secret.
 */
export function renderCurl(call: Call, columns: number): string[] {
  const parts = toSecretParts(call);
  const asked = ASKED.filter(({ placeholder }) => parts.some((part) => part.text.includes(placeholder)));
  const isPrompted = asked.length > 1;
  const pieces = [
    ...asked.map(({ variable, prompt }) => `${isPrompted ? `${prompt}; ` : ''}read -rs ${variable};`),
    ...toPipe(call, parts),
  ];
  const cleanUp = asked.length > 0 ? `; unset ${asked.map(({ variable }) => variable).join(' ')}` : '';
  return breakLines([...pieces.slice(0, -1), `${pieces.at(-1)}${cleanUp}`], columns);
}

/** True where the command hands the value to a format in which `"` and `\` have a meaning of their own. */
export function isQuoteSensitive(call: Call): boolean {
  const parts = toSecretParts(call);
  return parts.length > 0 && toWay(parts) !== 'headers' && toWay(parts) !== 'field';
}

type Way = 'headers' | 'field' | 'json' | 'config';

function toWay(parts: readonly Part[]): Way {
  const [first, ...others] = parts;
  if (parts.every(({ kind }) => kind === 'header')) return 'headers';
  if (others.length > 0 || first === undefined) return 'config';
  if (first.kind === 'form') return 'field';
  return first.kind === 'json' ? 'json' : 'config';
}

function toPipe(call: Call, parts: readonly Part[]): string[] {
  const curl = toStaticPieces(call);
  const [first] = parts;
  if (first === undefined) return curl;
  switch (toWay(parts)) {
    case 'headers':
      return [...toPrintfs(parts.map(({ text }) => `${text}\n`)), ...curl, '-H @-'];
    case 'field': {
      const [name, value] = splitField(first.text);
      return [toPrintf(value), ...curl, `--data-urlencode ${quote(`${name}@-`)}`];
    }
    case 'json':
      return [toPrintf(first.text), ...curl, '-d @-'];
    case 'config':
      return [...toPrintfs(parts.map(({ key, text }) => `${key} = "${escapeConfig(text)}"\n`)), ...curl, '-K -'];
  }
}

/** The parts of the request that are no secret, as arguments. */
function toStaticPieces(call: Call): string[] {
  const isJson = call.json !== undefined && !hasHeader(call, 'content-type');
  return [
    `curl -sSi${call.method === 'GET' ? '' : ` -X ${call.method}`}${call.form !== undefined && call.method === 'GET' ? ' -G' : ''}`,
    isSecret(call.url) ? '-g' : quote(call.url),
    ...(isJson ? ["-H 'Content-Type: application/json'"] : []),
    ...toHeaders(call)
      .filter((header) => !isSecret(header))
      .map((header) => `-H ${quote(header)}`),
    ...(call.basic === undefined || isSecret(call.basic) ? [] : [`-u ${quote(call.basic)}`]),
    ...toFields(call)
      .filter((field) => !isSecret(field))
      .map((field) => `--data-urlencode ${quote(field)}`),
    ...toJson(call)
      .filter((json) => !isSecret(json))
      .map((json) => `-d ${quote(json)}`),
  ];
}

function toSecretParts(call: Call): Part[] {
  const parts: Part[] = [
    { kind: 'url', text: call.url, key: 'url' },
    ...(call.basic === undefined ? [] : [{ kind: 'basic', text: call.basic, key: 'user' } as const]),
    ...toHeaders(call).map((text) => ({ kind: 'header', text, key: 'header' }) as const),
    ...toFields(call).map((text) => ({ kind: 'form', text, key: 'data-urlencode' }) as const),
    ...toJson(call).map((text) => ({ kind: 'json', text, key: 'data' }) as const),
  ];
  return parts.filter(({ text }) => isSecret(text));
}

function toHeaders({ headers }: Call): string[] {
  return Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
}

function toFields({ form }: Call): string[] {
  return Object.entries(form ?? {}).map(([name, value]) => `${name}=${value}`);
}

function toJson({ json }: Call): string[] {
  return json === undefined ? [] : [JSON.stringify(json)];
}

function splitField(field: string): [string, string] {
  const index = field.indexOf('=');
  return [field.slice(0, index), field.slice(index + 1)];
}

function hasHeader({ headers }: Call, name: string): boolean {
  return Object.keys(headers ?? {}).some((header) => header.toLowerCase() === name);
}

function isSecret(text: string): boolean {
  return ASKED.some(({ placeholder }) => text.includes(placeholder));
}

/** One line for each text; several are grouped, so that they reach curl as one input. */
function toPrintfs(texts: readonly string[]): string[] {
  const [only, ...others] = texts;
  if (only !== undefined && others.length === 0) return [toPrintf(only)];
  const commands = texts.map((text) => toPrintf(text).replace(/ \|$/, ';'));
  return commands.map((command, index) =>
    [index === 0 ? '{ ' : '', command, index === commands.length - 1 ? ' } |' : ''].join(''),
  );
}

/** `printf '…%s…' "$SECRET" |`: the text as its format, the variables as what it fills in. */
function toPrintf(text: string): string {
  const variables = [...text.matchAll(PLACEHOLDER)].map(([, name]) => `"$${name?.toUpperCase()}"`);
  const format = text.replaceAll('\\', '\\\\').replaceAll('%', '%%').replaceAll('\n', '\\n').replace(PLACEHOLDER, '%s');
  return `printf ${quote(format)} ${variables.join(' ')} |`;
}

/** Inside double quotes of a curl config file. */
function escapeConfig(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}

/** One argument of a POSIX shell. */
function quote(text: string): string {
  return /^[\w./:@=+,%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function breakLines(pieces: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length + 2 <= columns)
      lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(lines.length === 0 ? piece : `  ${piece}`);
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}
