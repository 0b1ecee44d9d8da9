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

/** A text in a JSON value, its own name, and the way to it: `headers.authorization`. */
export interface Leaf {
  readonly way: string;
  readonly name: string;
  readonly text: string;
}

const SHORTEST_SECRET_NAME = 12;

/** Every text in a JSON value, however deep; the names of fields are texts too. No recursion: the depth is the sender's. */
export function leavesOf(value: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const open: { readonly way: string; readonly name: string; readonly value: unknown }[] = [
    { way: '', name: '', value },
  ];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { way, name, value: inner } = one;
    if (typeof inner === 'string' || typeof inner === 'number') leaves.push({ way, name, text: String(inner) });
    if (typeof inner !== 'object' || inner === null) continue;
    const fields = Object.entries(inner).map(([field, held]) => ({
      way: way === '' ? field : `${way.slice(-200)}.${field}`,
      name: Array.isArray(inner) ? name : field,
      value: held,
    }));
    // A shorter name is no secret, and would stand there as a word that tells what its neighbours are.
    const names = fields.filter(({ name: field }) => !Array.isArray(inner) && field.length >= SHORTEST_SECRET_NAME);
    leaves.push(...names.map((field) => ({ way, name: '', text: field.name })));
    open.push(...fields.reverse());
  }
  return leaves;
}
