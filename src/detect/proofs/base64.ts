/** What JSON.parse gives for `{…}`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const STANDARD = /^[A-Za-z0-9+/]*={0,2}$/;
const URL_SAFE = /^[\w-]*={0,2}$/;

/** The bytes of base64 or base64url, padded or not; undefined where the text is neither. Buffer alone skips what it does not know. */
export function decodeBase64(text: string): Buffer | undefined {
  if (!STANDARD.test(text) && !URL_SAFE.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  const digits = text.length - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  return digits % 4 === 1 ? undefined : bytes;
}

/** The JSON object in base64 or base64url; undefined where there is none. */
export function decodeJsonObject(text: string): JsonObject | undefined {
  const json = decodeBase64(text)?.toString();
  if (json === undefined || !json.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON: the answer to the question that was asked, not an error.
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
