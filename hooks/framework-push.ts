import { type Push, readFrameworkPush } from '../src/changes/framework-push.js';
import type { CommandContext } from '../src/commands/command-context.js';
import { UserError } from '../src/user-error.js';

/** The push that the pre-commit framework runs `hook pre-push` for: it gives a hook no arguments. */
export async function frameworkPush(context: CommandContext): Promise<Push> {
  const push = await readFrameworkPush(context);
  if (push === undefined) {
    throw new UserError('hook pre-push needs the remote.', 'git calls it as: leak-guard hook pre-push REMOTE URL');
  }
  context.stderr('leak-guard: the pre-commit framework names only the first ref of a push; others are not scanned.\n');
  return push;
}
