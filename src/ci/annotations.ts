import type { Finding } from '../finding.js';
import { hasPlaybook, isContent } from '../finding-kind.js';
import { toPrintable } from '../report/escape.js';
import type { CiSystem } from './build.js';

/** A finding, and whether the settings let it stop the build. */
export interface Told {
  readonly finding: Finding;
  readonly isBlocking: boolean;
}

/** More than that no system shows for a step, and a log of thousands helps nobody; the report has them all. */
const MOST = 50;

/** The lines that make this system show the findings beside the code. Most systems know no such lines. */
export function toAnnotations(told: readonly Told[], system: CiSystem | undefined): string {
  const toLine = system?.id === 'github' ? toGithubLine : system?.id === 'azure' ? toAzureLine : undefined;
  if (toLine === undefined) return '';
  return told
    .slice(0, MOST)
    .map((one) => `${toLine(one)}\n`)
    .join('');
}

/** What a finding says in one line. The value is on the host: to rotate comes first. */
export function toMessage(finding: Finding): string {
  const { title, id, commit } = finding;
  const where = commit === null ? '' : `, in commit ${commit.slice(0, 7)}`;
  return toPrintable(
    `${title} (id ${id})${where}. The host of this repository has it already, so rotate it first${toHow(finding)}`,
  );
}

function toHow(finding: Finding): string {
  const { provider, url } = finding;
  if (hasPlaybook(finding)) return `: leak-guard rotate ${provider}, ${url}`;
  return `, where it was made${url === '' ? '' : `: ${url}`}`;
}

/** docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; what is escaped: github.com/actions/toolkit, core/src/command.ts. */
function toGithubLine({ finding, isBlocking }: Told): string {
  const { file, startLine, endLine, startColumn, title } = finding;
  const place = { file, line: startLine, endLine, col: startColumn };
  const properties = { ...(isContent(finding) ? place : {}), title: `leak-guard: ${title}` };
  const words = Object.entries(properties).map(([name, value]) => `${name}=${toGithubProperty(`${value}`)}`);
  return `::${isBlocking ? 'error' : 'warning'} ${words.join(',')}::${toGithubData(toMessage(finding))}`;
}

function toGithubData(text: string): string {
  return toPrintable(text).replaceAll('%', '%25');
}

function toGithubProperty(text: string): string {
  return toGithubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands, "LogIssue" and "Formatting commands". */
function toAzureLine({ finding, isBlocking }: Told): string {
  const { file, startLine, startColumn, detector } = finding;
  const place = { sourcepath: file, linenumber: startLine, columnnumber: startColumn };
  const properties = {
    type: isBlocking ? 'error' : 'warning',
    ...(isContent(finding) ? place : {}),
    code: detector,
  };
  const words = Object.entries(properties).map(([name, value]) => `${name}=${toAzureValue(`${value}`)};`);
  return `##vso[task.logissue ${words.join('')}]${toAzureValue(toMessage(finding))}`;
}

/** As the agent reads it back: github.com/microsoft/azure-pipelines-task-lib, node/taskcommand.ts. */
export function toAzureValue(text: string): string {
  return toPrintable(text).replaceAll('%', '%AZP25').replaceAll(';', '%3B').replaceAll(']', '%5D');
}
