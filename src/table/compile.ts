import type { Detector, Format } from '../detect/detector.js';
import { escapeSigns, spellings } from '../detect/spellings.js';
import { wordCharacter, wordLength } from '../detect/words.js';
import { buildAutomaton } from './automaton.js';
import { keywordOffsets } from './keyword-offsets.js';
import { patternFacts } from './pattern-facts.js';
import { type CompiledFormat, Role, type Use } from './scan-table.js';
import { writeTable } from './table-file.js';

/** Detectors by file name without `.ts`. */
export type Detectors = ReadonlyMap<string, Detector>;

interface Numbered {
  readonly format: Format;
  readonly detector: Detector;
  readonly provider: string;
}

/** Compiles all detectors to the bytes of the scan table. Throws on an id that does not exist. */
export function compileTable(detectors: Detectors): Buffer {
  const all = [...detectors].flatMap(([provider, detector]) =>
    detector.formats.map((format): Numbered => ({ format, detector, provider })),
  );
  // Public halves come first: the secrets that go with them look for them.
  const numbered = [...all.filter(({ format }) => format.isPublic), ...all.filter(({ format }) => !format.isPublic)];
  const numbers = new Map(numbered.map(({ format }, number) => [format.id, number]));
  const uses = toUses(numbered, numbers);
  // The signs speak for no format: a text in which one stands is only looked at more closely.
  const keywords = [...new Set([...uses.keys(), ...escapeSigns])].sort();
  return writeTable({
    automaton: buildAutomaton(keywords),
    keywordLengths: keywords.map((keyword) => keyword.length),
    uses: keywords.map((keyword) => uses.get(keyword) ?? []),
    formats: numbered.map((entry) => toCompiled(entry, numbers)),
  });
}

/** Keyword → what it says of which format. */
function toUses(numbered: readonly Numbered[], numbers: ReadonlyMap<string, number>): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  const add = (keyword: string, use: Use): void => {
    const list = uses.get(keyword) ?? [];
    const isKnown = list.some(
      (other) => other.format === use.format && other.role === use.role && other.offset === use.offset,
    );
    if (!isKnown) uses.set(keyword, [...list, use]);
  };
  for (const { format } of numbered) {
    const number = numbers.get(format.id) ?? 0;
    for (const [keyword, offset] of keywordOffsets(format.pattern, format.keywords ?? [])) {
      add(keyword, { format: number, role: Role.Keyword, offset });
    }
    for (const word of (format.near ?? []).flatMap(spellings)) {
      add(word, { format: number, role: Role.Near, offset: -1 });
    }
  }
  return uses;
}

function toCompiled({ format, detector, provider }: Numbered, numbers: ReadonlyMap<string, number>): CompiledFormat {
  const facts = patternFacts(format.pattern);
  const credential = detector.rotate.credentials.find((each) => each.formats.includes(format.id));
  const isDistinctive = format.keywords !== undefined;
  return {
    id: format.id,
    formerIds: format.formerIds ?? [],
    title: format.name,
    provider,
    providerName: detector.provider,
    severity: format.severity,
    pattern: facts.bounded,
    literalPrefix: facts.literalPrefix,
    minLength: facts.minLength,
    maxLength: facts.maxLength,
    isWord: facts.minLength >= wordLength && [...facts.alphabet].every((char) => wordCharacter.test(char)),
    isDistinctive,
    needsNear: format.near !== undefined,
    names: (format.names ?? []).map((name) => name.toLowerCase().replaceAll(' ', '')),
    minEntropy: format.minEntropy ?? 0,
    ...(format.proof === undefined ? {} : { proof: format.proof }),
    isPublic: format.isPublic ?? false,
    with: (format.with ?? []).map((id) => toNumber(id, numbers)),
    isGuessable: format.isGuessable ?? false,
    specificity: facts.literalLength + (isDistinctive && format.near !== undefined ? 100 : 0),
    env: credential?.env ?? `${provider.toUpperCase().replaceAll('-', '_')}_SECRET`,
    url: credential?.url ?? detector.rotate.url,
  };
}

function toNumber(id: string, numbers: ReadonlyMap<string, number>): number {
  const number = numbers.get(id);
  if (number === undefined) throw new Error(`No format has the id ${id}.`);
  return number;
}
