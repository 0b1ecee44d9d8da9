/** A JSON object, or undefined where the text is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // the message of JSON.parse repeats the text; whoever asks says what is wrong
  }
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's text, or undefined. */
export function textOf(value: unknown, name: string): string | undefined {
  const field = isObject(value) ? value[name] : undefined;
  return typeof field === 'string' ? field : undefined;
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** A text in a JSON value, and the way to it: `headers.authorization`. */
export interface Leaf {
  readonly way: string;
  readonly text: string;
}

/** Every text in a JSON value, however deep; names of fields are texts too. Without recursion: depth is the sender's. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: { readonly way: string; readonly value: unknown }[] = [{ way: '', value }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { way, value: inner } = one;
    if (typeof inner === 'string' || typeof inner === 'number') leaves.push({ way, text: String(inner) });
    if (typeof inner !== 'object' || inner === null) continue;
    const fields = Object.entries(inner).map(([name, field]) => ({
      way: way === '' ? name : `${way.slice(-200)}.${name}`,
      value: field,
    }));
    open.push(...fields.reverse());
  }
  return leaves;
}
