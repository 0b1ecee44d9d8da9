import type { Finding } from '../finding.js';
import { hasPlaybook } from '../finding-kind.js';
import { toPrintable } from './escape.js';
import { countSecrets } from './verdict.js';

const SHOWN = 4;

/** How to rotate them, after "Rotate": the command that has the steps, or where to do it when no command has them. */
export function toRotation(findings: readonly Finding[]): string {
  const own = findings.filter((finding) => !hasPlaybook(finding));
  const providers = [...new Set(findings.filter(hasPlaybook).map(({ provider }) => toPrintable(provider)))];
  const [only, ...others] = providers;
  if (only === undefined) return `where ${countSecrets(own) > 1 ? 'each' : 'it'} was made`;
  const beside = own.length === 0 ? '' : 'your own: where made';
  if (others.length === 0) return `leak-guard rotate ${only}${beside === '' ? '' : `   (${beside})`}`;
  const more = providers.length > SHOWN ? ` and ${providers.length - SHOWN} more` : '';
  const named = `${providers.slice(0, SHOWN).join(', ')}${more}`;
  return `leak-guard rotate NAME   (${named}${beside === '' ? '' : `; ${beside}`})`;
}
