import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toPrefilter } from '../../src/detect/prefilter.js';
import { detect, formats, sample, table } from '../support/detectors.js';
import { inTurn, median, ms, type Row, timeOnce } from './measure.js';

/** Real source code: what the development tools are made of, up to this size. */
const corpusBytes = 60_000_000;

function corpus(): { path: string; bytes: Buffer }[] {
  const texts: { path: string; bytes: Buffer }[] = [];
  let size = 0;
  for (const path of readdirSync('node_modules', { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(?:[cm]?[jt]s|json|md|ya?ml)$/.test(path) || size > corpusBytes) continue;
    const bytes = tryRead(join('node_modules', path));
    if (bytes === null || bytes.length > 2_000_000) continue;
    texts.push({ path, bytes });
    size += bytes.length;
  }
  return texts;
}

function tryRead(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // a folder whose name ends like a file's
  }
}

export function throughputRow(): Row {
  const texts = corpus();
  const megabytes = texts.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const prefilter = toPrefilter(table.automaton);
  const [ours, theirs] = inTurn(
    5,
    () => texts.forEach((text) => void detect(text)),
    () => texts.forEach(({ bytes }) => void prefilter(bytes)),
  );
  const rate = (time: number): string => `${Math.round((megabytes / time) * 1000)} MB/s`;
  return {
    what: `scan of ${Math.round(megabytes)} MB of source code, one core, against its keyword pass alone`,
    ours: rate(ours),
    against: rate(theirs),
    ratio: (ours / theirs).toFixed(2),
    budget: '100 MB/s',
  };
}

export function longLineRow(): Row {
  const [line] = [minified(1_000_000)];
  const half = line.subarray(0, line.length / 2);
  const [ours, theirs] = inTurn(
    15,
    () => detect({ path: 'app.min.js', bytes: line }),
    () => detect({ path: 'app.min.js', bytes: half }),
  );
  return {
    what: 'one minified line of 1 MB, against half of it',
    ours: ms(ours),
    against: ms(theirs),
    ratio: (ours / theirs).toFixed(2),
    budget: 'linear: 2',
  };
}

function minified(length: number): Buffer {
  const piece =
    'function a(t,e){return t.key===e.secret?n(r,"token:"+e.id,{aws:1,github:2}):i.map(function(t){return o[t]})}';
  return Buffer.from(piece.repeat(Math.ceil(length / piece.length)).slice(0, length));
}

/** Texts made to hurt: keywords without end, beginnings without end, near matches without end. */
export function hostileRow(): Row {
  const times = formats.map(({ format }) => {
    const value = sample(format.id);
    const words = [...(format.keywords ?? []), ...(format.near ?? [])];
    const pieces = [
      words.join(' '),
      value.slice(0, -1),
      value.slice(0, Math.ceil(value.length / 2)),
      `${words[0] ?? ''}=${value.slice(0, -1)}!\n`,
    ];
    // A text full of secrets is not hostile, but found.
    const texts = pieces
      .map((piece) => Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)).slice(0, 65_536)))
      .filter((bytes) => detect({ path: 'x', bytes }).length === 0);
    return {
      id: format.id,
      time: Math.max(
        0,
        ...texts.map((bytes) => median([1, 2, 3].map(() => timeOnce(() => detect({ path: 'x', bytes }))))),
      ),
    };
  });
  const [worst] = times.sort((a, b) => b.time - a.time);
  const typical = median(times.map(({ time }) => time));
  return {
    what: `64 kB of hostile text, worst of ${times.length} formats (${worst?.id}), against the median format`,
    ours: ms(worst?.time ?? 0),
    against: ms(typical),
    ratio: ((worst?.time ?? 0) / typical).toFixed(1),
    budget: '5 ms',
  };
}
