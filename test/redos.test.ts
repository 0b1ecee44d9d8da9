import { expect, test } from '@jest/globals';
import { checkSync } from 'recheck';
import { patternFacts } from '../src/table/pattern-facts.js';
import { formats, table } from './support/detectors.js';

const patterns = formats.map(({ format }) => [format.id, format.pattern] as const);

test.each(patterns)('the pattern of %s matches in linear time, which a checker of automata proves', (_, pattern) => {
  const { bounded } = patternFacts(pattern);

  const verdict = checkSync(bounded, '', { checker: 'automaton', timeout: 60_000 });

  expect(verdict.status === 'safe' && verdict.complexity.type).toMatch(/^(?:safe|linear)$/);
});

test.each(patterns)('the pattern of %s has flags, anchors and repetitions only as the table allows', (_, pattern) => {
  const { maxLength } = patternFacts(pattern);

  expect(pattern.flags).toBe('');
  expect(pattern.source).not.toMatch(/\\b|\\B|(?<!\[)\^|\$(?![^\]]*\])|\(\?i/);
  expect(maxLength).toBeLessThanOrEqual(100_000);
});

test('every compiled pattern is one that this version of node understands', () => {
  const numbers = Array.from({ length: table.formatCount }, (_, number) => number);

  expect(numbers.map((number) => new RegExp(table.format(number).pattern, 'dg').source.length > 0)).not.toContain(
    false,
  );
});

test('a pattern that takes exponential time would be refused', () => {
  const verdict = checkSync('(?:[a-z]+)+=', '', { checker: 'automaton', timeout: 60_000 });

  expect(verdict.status).toBe('vulnerable');
});
