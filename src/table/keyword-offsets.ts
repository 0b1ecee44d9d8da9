import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp';

/** Where a text varies. */
const ANY = '\0';

/** A pattern with more beginnings than this is not unfolded. */
const mostVariants = 64;

/**
 * Where in each match a keyword stands, in characters from its start; -1 where that cannot be told. Then a search has to
 * try only the places that the keywords point at. It can be told when every way in which a match can begin has a keyword at
 * a fixed place: `AKIA` in `(?:AKIA|ASIA)[A-Z2-7]{16}`, and `_P0A1_` in `[A-Za-z0-9]{64}_(?:P0A1|PE93)_[0-9a-f]{8}`.
 */
export function keywordOffsets(pattern: RegExp, keywords: readonly string[]): ReadonlyMap<string, number> {
  const lower = keywords.map((keyword) => keyword.toLowerCase());
  const unknown = new Map(lower.map((keyword) => [keyword, -1]));
  const beginnings = toBeginnings(parseRegExpLiteral(pattern).pattern.alternatives).map(({ text }) =>
    text.toLowerCase(),
  );
  const offsets = new Map<string, number>();
  for (const beginning of beginnings) {
    const standing = lower.filter((keyword) => beginning.includes(keyword));
    if (standing.length === 0) return unknown;
    for (const keyword of standing) {
      const offset = beginning.indexOf(keyword);
      if ((offsets.get(keyword) ?? offset) !== offset) return unknown;
      offsets.set(keyword, offset);
    }
  }
  return beginnings.length === 0 ? unknown : new Map([...unknown, ...offsets]);
}

/** One way in which a match can begin, as far as its places are fixed. */
interface Beginning {
  readonly text: string;
  /** True when nothing behind it stands at a fixed place. */
  readonly isOpen: boolean;
}

/** All ways; none when there are too many. */
function toBeginnings(alternatives: readonly AST.Alternative[]): readonly Beginning[] {
  const each = alternatives.map(({ elements }) => toBeginningsOf(elements));
  const all = each.some((ways) => ways.length === 0) ? [] : each.flat();
  return all.length > mostVariants ? [] : all;
}

function toBeginningsOf(elements: readonly AST.Element[]): readonly Beginning[] {
  let ways: readonly Beginning[] = [{ text: '', isOpen: false }];
  for (const element of elements) {
    const next = waysOf(element);
    ways = ways.flatMap((way) =>
      way.isOpen ? [way] : next.map(({ text, isOpen }) => ({ text: way.text + text, isOpen })),
    );
    if (ways.length > mostVariants) return [];
  }
  return ways;
}

function waysOf(element: AST.Element): readonly Beginning[] {
  if (element.type === 'Assertion') return [{ text: '', isOpen: false }];
  if (element.type === 'Group' || element.type === 'CapturingGroup') return toBeginnings(element.alternatives);
  if (element.type === 'Character') return [{ text: String.fromCodePoint(element.value), isOpen: false }];
  if (element.type !== 'Quantifier') return [{ text: ANY, isOpen: false }];
  const [only, ...others] = waysOf(element.element);
  if (only === undefined || others.length > 0 || only.isOpen) return [{ text: '', isOpen: true }];
  return [{ text: only.text.repeat(element.min), isOpen: element.min !== element.max }];
}
