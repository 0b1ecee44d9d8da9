/** What `--manager` takes; `auto` looks for itself. Apart from manager.ts, which brings all of them in. */
export const MANAGER_NAMES = ['auto', 'native', 'husky', 'lefthook', 'simple-git-hooks', 'pre-commit'] as const;
export type ManagerName = (typeof MANAGER_NAMES)[number];
