import { expect, test } from '@jest/globals';
import { renderJson } from '../../src/report/json.js';
import { render } from '../../src/report/render.js';
import { Secret } from '../../src/secret.js';
import { toFinding, toReport } from './sample-finding.js';

const tool = { name: 'leak-guard', version: '1.0.0' };

test('the JSON is the one that the contract shows, keys in their order', () => {
  const related = { detector: 'line-channel-id', title: 'LINE channel id', file: 'src/ids.ts' };
  const place = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 11 };
  const report = toReport([toFinding({ related: [{ ...related, ...place }] })], {
    scanned: { blobs: 3, bytes: 12_700, skipped: [{ file: 'a.bin', why: 'larger than 50 MB' }] },
    allowed: 2,
    warnings: ['An allow entry has expired.'],
  });

  expect(renderJson(report, tool)).toMatchInlineSnapshot(`
"{
  "version": 1,
  "tool": {
    "name": "leak-guard",
    "version": "1.0.0"
  },
  "scanned": {
    "blobs": 3,
    "bytes": 12700,
    "skipped": [
      {
        "file": "a.bin",
        "why": "larger than 50 MB"
      }
    ]
  },
  "findings": [
    {
      "id": "7c1e93ab",
      "fingerprint": "7c1e93ab00000000",
      "provider": "line",
      "providerName": "LINE",
      "detector": "line-channel-access-token",
      "title": "LINE channel access token, long-lived",
      "severity": "critical",
      "confidence": "likely",
      "file": "src/bot.ts",
      "startLine": 14,
      "endLine": 14,
      "startColumn": 18,
      "endColumn": 190,
      "redacted": "********",
      "length": 172,
      "entropy": 5.61,
      "commit": null,
      "exposure": "staged",
      "rotate": {
        "url": "https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token",
        "command": "leak-guard rotate line"
      },
      "related": [
        {
          "detector": "line-channel-id",
          "title": "LINE channel id",
          "file": "src/ids.ts",
          "startLine": 3,
          "endLine": 3,
          "startColumn": 1,
          "endColumn": 11
        }
      ],
      "kind": "file"
    }
  ],
  "allowed": 2,
  "warnings": [
    "An allow entry has expired."
  ]
}
"
`);
});

test('the secret is not in the JSON', () => {
  const value = ['swordfish', 'x'.repeat(20)].join('-');

  const json = renderJson(toReport([toFinding({ secret: new Secret(value) })]), tool);

  expect(json).not.toContain(value);
  expect(JSON.parse(json).findings[0].redacted).toBe('********');
});

test('control and bidi characters are written as escapes that mean the same', () => {
  const file = 'a\u001b[2J\u009b\u202e\u200b\u2028\u{e0041}\ud800.ts';

  const json = renderJson(toReport([toFinding({ file })]), tool);

  expect(json).toMatch(/^[\n\u0020-\u007e]*$/);
  expect(JSON.parse(json).findings[0].file).toBe(file);
});

test('a clean report is JSON too', async () => {
  const json = await render(toReport([]), { format: 'json', style: { isColored: false, isQuiet: true }, tool });

  expect(JSON.parse(json)).toMatchObject({ version: 1, findings: [], scanned: { blobs: 3 } });
});

test('for a finding of an own detector there is no command to rotate it', () => {
  const url = 'https://wiki.example.com/rotate-acme';

  const { findings } = JSON.parse(renderJson(toReport([toFinding({ provider: 'custom', url })]), tool));

  expect(findings[0].rotate).toEqual({ url, command: null });
});
