/** One element of ASN.1 DER: its tag, and where its content starts and ends. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const SEQUENCE = 0x30;

/**
 * The tags of the elements in the SEQUENCE that the bytes begin with; undefined where they begin otherwise, where it
 * is longer than the bytes, or where its elements do not fill it exactly. https://www.itu.int/rec/T-REC-X.690
 */
export function sequenceTags(bytes: Buffer): readonly number[] | undefined {
  const outer = elementAt(bytes, 0);
  if (outer?.tag !== SEQUENCE) return undefined;
  const tags: number[] = [];
  let offset = outer.start;
  while (offset < outer.end) {
    const element = elementAt(bytes, offset);
    if (element === undefined) return undefined;
    tags.push(element.tag);
    offset = element.end;
  }
  return tags;
}

function elementAt(bytes: Buffer, offset: number): Element | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined) return undefined;
  // Below 128 the byte is the length; above, it says how many bytes hold the length. Keys need two of them at most.
  const width = first < 0x80 ? 0 : first - 0x80;
  if (width > 3 || first === 0x80) return undefined;
  const start = offset + 2 + width;
  if (start > bytes.length) return undefined;
  const end = start + (width === 0 ? first : bytes.readUIntBE(offset + 2, width));
  return end > bytes.length ? undefined : { tag, start, end };
}
