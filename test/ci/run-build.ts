import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCi, type World } from '../support/ci.js';
import type { Ran } from '../support/repo.js';
import type { RecordedBuild } from './builds.js';

/** Runs a recorded build's step in its checkout. */
export async function runBuild(
  world: World,
  {
    recorded,
    cwd,
    args = [],
  }: { readonly recorded: RecordedBuild; readonly cwd: string; readonly args?: readonly string[] },
): Promise<Ran> {
  const file = join(world.repo.home, `event-of-${cwd.replace(/.*build-/, '')}.json`);
  if (recorded.event !== undefined) await writeFile(file, JSON.stringify(recorded.event(world.ids)));
  const event = recorded.event === undefined ? {} : { GITHUB_EVENT_PATH: file };
  const env = { ...recorded.env(world.ids), ...event };
  return runCi(world, { cwd, env, args: [...(recorded.args ?? []), ...args] });
}
