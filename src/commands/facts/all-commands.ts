import { allow, audit, baseline } from './allowing.js';
import type { CommandFacts, ExitCodes, Option } from './facts.js';
import { commonOptions, exitCodes } from './program.js';
import { detectors, prevent, rotate } from './providers.js';
import { ci, hook, scan } from './scanning.js';
import { completions, doctor, install, uninstall } from './setup.js';

/** Every command of `cli.ts`, in the order of the overview. */
export const allCommands: readonly CommandFacts[] = [
  install,
  uninstall,
  doctor,
  scan,
  ci,
  rotate,
  prevent,
  allow,
  baseline,
  audit,
  detectors,
  completions,
  hook,
];

/** All options of a command: its own, then those of every command that it does not have itself. */
export function optionsOf(facts: CommandFacts): readonly Option[] {
  return [...facts.options, ...commonOptionsOf(facts)];
}

/** The options of every command, but for those which this one tells of in its own words. */
export function commonOptionsOf({ options }: CommandFacts): readonly Option[] {
  return commonOptions.filter((common) => options.every(({ name }) => name !== common.name));
}

export function exitCodesOf(facts: CommandFacts): ExitCodes {
  return facts.exitCodes ?? exitCodes;
}
