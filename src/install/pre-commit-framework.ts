import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HookManager } from './manager.js';
import { native } from './native.js';

/**
 * The pre-commit framework runs a hook called `<hook>.legacy` before its own checks, with arguments and input, and
 * renames a native hook to that when it is installed later. So a native hook is right both ways, and better than an
 * entry in its settings, which would see only the first ref of a push.
 */
export const preCommitFramework: HookManager = {
  name: 'pre-commit',
  isInUse: ({ hooksPath, top }) =>
    hooksPath === null && top !== null && existsSync(join(top, '.pre-commit-config.yaml')),
  planInstall: native.planInstall,
  planUninstall: async () => ({ edits: [], notes: [] }), // the native manager takes back both names
};
