import type { Finding, FindingKind } from '../finding.js';
import { hasPlaybook, isInTag } from '../finding-kind.js';
import { toAdvice } from './advice.js';
import type { Colors } from './colors.js';
import { cutEnd, padColumns, toColumns, toPrintable } from './escape.js';
import { toLocation, toPast } from './finding-lines.js';
import { type Fix, toFix } from './fix-line.js';
import { toMixedSteps } from './mixed-steps.js';
import type { Report, Stage } from './report.js';
import { toRotation } from './rotation.js';
import { countSecrets, toWorstExposure, WORST_FIRST } from './verdict.js';

const COLUMNS = 80;
const SHOWN_IN_HOOKS = 5;
const SHOWN_IN_SCANS = 18;
const SHOWN_LINKS = 5;

/** What shows the rest of a long list. */
const MORE: Readonly<Record<Stage, string>> = {
  commit: 'leak-guard scan --staged',
  merge: 'leak-guard scan --staged',
  push: 'leak-guard scan --history',
  message: 'leak-guard scan --format json',
  scan: 'the same with --format json',
  build: 'the same with --format json',
};

/** The message for several findings, below its verdict: one line each, by kind, then the advice once. */
export function toListLines(report: Report, colors: Colors): string[] {
  const { findings, stage } = report;
  const sorted = byKind(findings);
  const shown = sorted.slice(0, stage === 'scan' || stage === 'build' ? SHOWN_IN_SCANS : SHOWN_IN_HOOKS);
  const hidden = sorted.length - shown.length;
  const links = toLinks(sorted);
  return [
    ...toHeading(findings),
    '',
    ...shown.flatMap((finding) => [toLine(finding, { findings: shown, colors }), ...toPastLine(finding, stage)]),
    ...(hidden > 0 ? [`  and ${hidden} more: ${MORE[stage]}`] : []),
    '',
    ...toCommonAdvice(report),
    `  Not a secret?  leak-guard allow ${countSecrets(findings) === 1 ? toPrintable(findings[0]?.id ?? 'ID') : 'ID'} --reason "..."`,
    ...(links.length === 0 ? [] : ['', ...links.map((url) => `  ${colors.underline(url)}`)]),
  ];
}

function toHeading(findings: readonly Finding[]): string[] {
  const isOut = toWorstExposure(findings) === 'remote';
  const secrets = countSecrets(findings);
  return [
    ...(isOut ? ['Treat what a remote has as leaked. Removing the line does not undo it.'] : []),
    ...(secrets === findings.length ? [] : [`In ${findings.length} places:`]),
  ];
}

/** Kinds in the order in which they first appear: what has got furthest first, then the worst severity. */
function byKind(findings: readonly Finding[]): Finding[] {
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings.toSorted((a, b) => toRank(a) - toRank(b))) {
    const kind = kinds.get(finding.detector);
    if (kind === undefined) kinds.set(finding.detector, [finding]);
    else kind.push(finding);
  }
  return [...kinds.values()].flat();
}

function toRank(finding: Finding): number {
  const severity = ['critical', 'high', 'medium', 'low'].indexOf(finding.severity);
  return WORST_FIRST.indexOf(finding.exposure) * 4 + severity;
}

/** `  src/bot.ts:14:18   LINE channel access token   id 7c1e93ab`, and how far it has got where that differs. */
function toLine(
  finding: Finding,
  { findings, colors }: { readonly findings: readonly Finding[]; readonly colors: Colors },
): string {
  const isMixed = findings.some((other) => other.exposure !== finding.exposure);
  const place = padColumns(toLocation(finding), toPlaceWidth(findings));
  // Those of a commit that can still be mended are told with it: the commands below ask for it.
  const at = finding.repair !== undefined && finding.commit !== null ? `in ${finding.commit.slice(0, 7)}  ` : '';
  const end = `${at}id ${toPrintable(finding.id)}${isMixed ? `  ${finding.exposure}` : ''}`;
  const doubt = finding.isDummy ? ' (dummy?)' : '';
  const room = Math.max(COLUMNS - 2 - toColumns(place) - 6 - (isMixed ? 20 : 11) - at.length - doubt.length, 16);
  const title = padColumns(cutEnd(toPrintable(finding.title), room) + doubt, room + doubt.length);
  return `  ${place}   ${colors.bold(title)}   ${end}`;
}

/** In a scan of commits: which one, of when, and what became of the value. */
function toPastLine(finding: Finding, stage: Stage): string[] {
  const past = stage === 'scan' ? toPast(finding, stage) : [];
  const isTold = finding.repair !== undefined || isInTag(finding);
  const commit = finding.commit === null || isTold ? [] : [`in ${finding.commit.slice(0, 7)}`];
  return past.length === 0 ? [] : [`      ${[...commit, ...past].join(', ')}`];
}

/** So that the kinds stand below one another, unless a path is long. */
function toPlaceWidth(findings: readonly Finding[]): number {
  const widths = findings.map((finding) => toColumns(toLocation(finding))).filter((width) => width <= 36);
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

function toCommonAdvice({ findings, stage, folder = '' }: Report): string[] {
  const worst = toWorstExposure(findings);
  const files = new Set(findings.map((finding) => finding.file));
  const [first] = findings;
  const fix = toCommonFix(findings);
  return toAdvice({
    stage,
    folder,
    exposure: worst,
    fix,
    kind: toCommonKind(findings),
    path: files.size === 1 ? (first?.file ?? null) : null,
    commit: null,
    repair: null,
    removedIn: null,
    steps: toMixedSteps(findings, { fix: toCommonFix(findings.filter(({ kind }) => kind === 'file')), folder }),
    rotate: toRotation(findings),
    isDummy: findings.every((finding) => finding.isDummy),
  }).map((line) => line.text);
}

function toCommonKind(findings: readonly Finding[]): FindingKind {
  const kinds = new Set(findings.map(({ kind }) => kind));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'file';
}

/** One fix for all where it reads the same, else the idea that they have in common. */
function toCommonFix(findings: readonly Finding[]): Fix {
  const fixes = findings.map((finding) => toFix(finding.file, toPrintable(finding.env)));
  const [first] = fixes;
  if (first !== undefined && fixes.every((fix) => fix.use === first.use)) return first;
  return { use: 'read each from the environment or a secret store', isUntracked: false };
}

/** Those of own detectors first: no command lists the ones that are left out. */
function toLinks(findings: readonly Finding[]): string[] {
  const sorted = findings.toSorted((a, b) => Number(hasPlaybook(a)) - Number(hasPlaybook(b)));
  const urls = [...new Set(sorted.map((finding) => toPrintable(finding.url)))].filter((url) => url !== '');
  const hidden = urls.length - SHOWN_LINKS;
  return [...(hidden > 0 ? [`and ${hidden} more addresses: leak-guard rotate`] : []), ...urls.slice(0, SHOWN_LINKS)];
}
