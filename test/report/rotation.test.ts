import { expect, test } from '@jest/globals';
import type { Exposure, Finding } from '../../src/finding.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { toFinding, toReport } from './sample-finding.js';

const exposures: readonly Exposure[] = ['staged', 'local', 'remote', 'unknown'];
const own = {
  provider: 'custom',
  providerName: 'your settings',
  detector: 'custom-acme',
  title: 'ACME token',
  url: '',
};
const wiki = 'https://wiki.example.com/rotate-acme';

test.each(exposures)(
  'what an own detector found is rotated where it was made, for no command tells how: %s',
  (exposure) => {
    const text = renderPlain([toFinding({ ...own, exposure })]);
    const withUrl = renderPlain([toFinding({ ...own, exposure, url: wiki })]);

    expect(text).toContain('where it was made\n');
    expect(text).not.toContain('leak-guard rotate');
    expect(text).toMatch(/--reason "..."\n$/);
    expect(withUrl).toContain('where it was made\n');
    expect(withUrl.endsWith(`\n  ${wiki}\n`)).toBe(true);
  },
);

test('a dummy of an own detector, if it is real, is rotated where it was made', () => {
  expect(renderPlain([toFinding({ ...own, isDummy: true })])).toContain('If it is real:  where it was made\n');
});

test('several of own detectors: each where it was made, and the addresses that there are', () => {
  const other = { ...own, id: '0c1d2e3f', fingerprint: '0c1d2e3f', startLine: 15 };
  const [none, one] = ['', wiki].map((url) => renderPlain([toFinding(own), toFinding({ ...other, url })]));

  expect(none).toContain('Then yes:  where each was made\n');
  expect(none).toMatch(/--reason "..."\n$/);
  expect(one?.endsWith(`--reason "..."\n\n  ${wiki}\n`)).toBe(true);
  expect(`${none}${one}`).not.toContain('leak-guard rotate');
});

test('among others the command names those that have a playbook, and own ones are told beside it', () => {
  const other = { ...own, id: '0c1d2e3f', fingerprint: '0c1d2e3f', startLine: 15 };
  const stripe = { provider: 'stripe', id: '1c1d2e3f', fingerprint: '1c1d2e3f', detector: 'stripe-secret-key' };

  expect(renderPlain([toFinding(), toFinding(other)])).toContain('leak-guard rotate line   (your own: where made)\n');
  expect(renderPlain([toFinding(), toFinding(stripe), toFinding(other)])).toMatch(
    /leak-guard rotate NAME {3}\(line, stripe; your\s+own: where made\)\n/,
  );
});

test('addresses of own detectors come first: no command lists those that are left out', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    toFinding({ provider: name, id: name, fingerprint: name, detector: name, url: `https://${name}.example.com` }),
  );

  expect(renderPlain([...many, toFinding({ ...own, url: wiki })])).toContain(
    `  and 1 more addresses: leak-guard rotate\n  ${wiki}\n`,
  );
});

function renderPlain(findings: readonly Finding[]): string {
  return renderTerminal(toReport(findings), { isColored: false, isQuiet: false });
}
