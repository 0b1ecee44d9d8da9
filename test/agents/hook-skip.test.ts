import { expect, test } from '@jest/globals';
import { findHookSkips } from '../../src/agents/hook-skip.js';

function whats(text: string): string[] {
  return findHookSkips(text)
    .filter(({ target }) => target === undefined)
    .map(({ what }) => what);
}

function targets(text: string): (string | undefined)[] {
  return findHookSkips(text)
    .filter(({ target }) => target !== undefined)
    .map(({ target }) => target);
}

const COMMIT = 'git commit --no-verify';
const PUSH = 'git push --no-verify';

test.each([
  ['git commit --no-verify -m x', COMMIT],
  ['git commit -m x --no-verify', COMMIT],
  ['git commit -n', COMMIT],
  ['git commit -nm x', COMMIT],
  ['git commit -anm "x"', COMMIT],
  ['git commit --no-verif', COMMIT],
  ['git  -C  "some dir"  commit -n', COMMIT],
  ['git --git-dir=.git --work-tree . commit -n', COMMIT],
  ['git -c user.name=x commit -n', COMMIT],
  ['/usr/bin/git commit -n', COMMIT],
  ['git.exe commit -n', COMMIT],
  ['git commit "--no-verify"', COMMIT],
  ["git commit '--no-''verify'", COMMIT],
  ['git commit --no\\-verify', COMMIT],
  ["git commit $'--no-verify'", COMMIT],
  ["git commit $'\\x2dn'", COMMIT],
  ['git commit \\\n  --no-verify', COMMIT],
  ['npm test && git commit -n', COMMIT],
  ['npm test;git commit -n', COMMIT],
  ['true || git commit -n &', COMMIT],
  ['echo x | git commit -n -F -', COMMIT],
  ['(git commit -n)', COMMIT],
  ['{ git commit -n; }', COMMIT],
  ['if true; then git commit -n; fi', COMMIT],
  ['for x in a b; do git commit -n; done', COMMIT],
  ['! git commit -n', COMMIT],
  ['echo "$(git commit -n)"', COMMIT],
  ['echo `git commit -n`', COMMIT],
  ['echo "`git commit -n`"', COMMIT],
  ['x=$(git commit -n)', COMMIT],
  ['f() { git commit -n; }; f', COMMIT],
  ["sh -c 'git commit -n'", COMMIT],
  ['bash -lc "git commit -n"', COMMIT],
  ["bash -euc 'cd x && git commit -n'", COMMIT],
  ['sh -c "sh -c \'git commit -n\'"', COMMIT],
  ["eval 'git commit -n'", COMMIT],
  ["bash <<'EOF'\ngit commit -n\nEOF", COMMIT],
  ['bash <<< "git commit -n"', COMMIT],
  ['sudo -u ana git commit -n', COMMIT],
  ['env git commit -n', COMMIT],
  ['env -i A=b git commit -n', COMMIT],
  ["env -S 'A=b git' commit -n", COMMIT],
  ['command git commit -n', COMMIT],
  ['nice -n 5 git commit -n', COMMIT],
  ['time git commit -n', COMMIT],
  ['timeout 5 git commit -n', COMMIT],
  ['xargs -n 1 git commit -n', COMMIT],
  ['cmd /c git commit -n', COMMIT],
  ['powershell -Command "git commit -n"', COMMIT],
  ['A=b git commit -n > log 2>&1', COMMIT],
  ['>log git commit -n', COMMIT],
  ["git commit -m \"$(cat <<'EOF'\nDon't (yet\nEOF\n)\" && echo 'x' && git commit -n", COMMIT],
  ['git commit -m x # -m y\ngit push --no-verify', PUSH],
  ['git push --no-verify', PUSH],
  ['git push origin main --no-verify', PUSH],
  ['git merge --no-verify x', 'git merge --no-verify'],
  ['git pull --no-verify', 'git pull --no-verify'],
  ['git -c core.hooksPath=/dev/null commit -m x', 'git -c core.hooksPath'],
  ['git -c CORE.HOOKSPATH= push', 'git -c core.hooksPath'],
  ['git --config-env=core.hooksPath=X commit', 'git -c core.hooksPath'],
  ["git -c alias.ci='commit -n' ci", 'git -c alias with --no-verify'],
  ['git config core.hooksPath /dev/null', 'git config core.hooksPath'],
  ['git config --global core.hookspath ""', 'git config core.hooksPath'],
  ['git config --unset core.hooksPath', 'git config core.hooksPath'],
  ['git config set --local core.hooksPath x', 'git config core.hooksPath'],
  ['git config --remove-section core', 'git config core'],
  ['git config hook.leak-guard-pre-commit.enabled false', 'git config hook.leak-guard-pre-commit'],
  ['git -c hook.pre-commit.enabled=false commit -m x', 'git -c hook.pre-commit'],
  ['git config --unset hook.leak-guard-pre-push.command', 'git config hook.leak-guard-pre-push'],
  ["git config alias.ci '!git commit --no-verify'", 'git config alias with --no-verify'],
  ['HUSKY=0 git commit -m x', 'HUSKY=0'],
  ['HUSKY="0" git commit -m x', 'HUSKY=0'],
  ['env HUSKY=0 git push', 'HUSKY=0'],
  ['export HUSKY=0', 'HUSKY=0'],
  ['HUSKY=0; git commit -m x', 'HUSKY=0'],
  ["HUSKY=0 sh -c 'git commit -m x'", 'HUSKY=0'],
  ['LEFTHOOK=0 git commit -m x', 'LEFTHOOK=0'],
  ['LEFTHOOK=false git commit -m x', 'LEFTHOOK=false'],
  ['LEFTHOOK_EXCLUDE=lint,leak-guard git commit', 'LEFTHOOK_EXCLUDE=leak-guard'],
  ['SKIP=leak-guard git commit -m x', 'SKIP=leak-guard'],
  ['SKIP=eslint,leak-guard-push git push', 'SKIP=leak-guard'],
  ['SKIP_SIMPLE_GIT_HOOKS=1 git commit', 'SKIP_SIMPLE_GIT_HOOKS=1'],
  [
    'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=x git commit',
    'GIT_CONFIG_KEY_0 with core.hooksPath',
  ],
  ['leak-guard uninstall', 'leak-guard uninstall'],
  ['npx leak-guard uninstall --global', 'leak-guard uninstall'],
  ['npx --yes leak-guard uninstall', 'leak-guard uninstall'],
  ['pnpm exec leak-guard uninstall', 'leak-guard uninstall'],
  ['yarn leak-guard uninstall', 'leak-guard uninstall'],
  ['./node_modules/.bin/leak-guard uninstall', 'leak-guard uninstall'],
  ['npm uninstall leak-guard', 'npm uninstall'],
  ['lefthook uninstall', 'lefthook uninstall'],
])('%j skips the hooks', (text, what) => {
  expect(whats(text)).toEqual([what]);
});

test.each([
  'git commit -m "about --no-verify"',
  "git commit -m 'git commit --no-verify'",
  'git commit -m "-n"',
  'git commit -m -n',
  'git commit -m"-n"',
  'git commit -am -n',
  'git commit --message --no-verify',
  'git commit --author -n -m x',
  'git commit -F -n',
  'git commit -C -n',
  'git commit -uno -m x',
  'git commit -Snone -m x',
  'git commit -m x -- -n --no-verify',
  'git commit --no-verify --verify -m x',
  'git commit -m x # --no-verify',
  'git push -n',
  'git push --dry-run origin main',
  'git merge -n x',
  'git cherry-pick -n x',
  'git revert -n HEAD',
  'git log -n 5 --no-verify-signatures',
  'git log --grep=--no-verify',
  'git grep -n commit',
  'git add -n commit',
  'git merge --no-verify-signatures x',
  'echo git commit --no-verify',
  "echo 'HUSKY=0 git commit'",
  'grep -rn "no-verify" .',
  "cat <<'EOF'\ngit commit --no-verify\nEOF",
  'git config core.hooksPath',
  'git config --get core.hooksPath',
  'git config get core.hooksPath',
  'git config list',
  'git config user.name x',
  "git config alias.st 'status -n'",
  'HUSKY=1 git commit -m x',
  'HUSKY=0 npm ci',
  'SKIP=eslint git commit -m x',
  'LEFTHOOK=1 git commit',
  'leak-guard doctor',
  'npx leak-guard rotate stripe',
  'npm uninstall lodash',
  'npm install leak-guard',
  '',
  '   ',
  '"',
  "git commit -m 'unfinished",
  'git commit -m "$(cat <<\'EOF\'\nTell of --no-verify\nEOF\n)"',
])('%j skips nothing', (text) => {
  expect(whats(text)).toEqual([]);
});

test.each([
  ['rm .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ['rm -rf .husky', '.husky'],
  ['cd .git/hooks && rm -f pre-commit', '.git/hooks/pre-commit'],
  ['mv .husky/pre-commit x', '.husky/pre-commit'],
  ['chmod -x .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ['chmod 644 .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ['chmod a-x .git/hooks/*', '.git/hooks/*'],
  ['> .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ['echo exit 0 > .husky/pre-commit', '.husky/pre-commit'],
  ['echo exit 0 | tee .husky/pre-commit', '.husky/pre-commit'],
  ['cp /dev/null .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ['ln -sf /bin/true .git/hooks/pre-commit', '.git/hooks/pre-commit'],
  ["sed -i '/leak-guard/d' .husky/pre-commit", '.husky/pre-commit'],
  ['find .git/hooks -type f -delete', '.git/hooks'],
  ['git rm .claude/settings.json', '.claude/settings.json'],
  ['truncate -s 0 .git/hooks/pre-commit', '.git/hooks/pre-commit'],
])('%j touches a file that may be a hook', (text, target) => {
  expect(targets(text)).toContain(target);
});

test.each([
  'chmod +x .git/hooks/pre-commit',
  'chmod 755 .git/hooks/pre-commit',
  'cat .git/hooks/pre-commit',
  'echo "npx lint-staged" >> .husky/pre-commit',
  'sed -n 1,5p .husky/pre-commit',
  'cp .git/hooks/pre-commit /tmp/x',
  'tee -a .husky/pre-commit',
])('%j leaves hooks as they are', (text) => {
  expect(targets(text).filter((target) => target?.includes('pre-commit'))).toEqual([]);
});

test('PowerShell is read by its own rules', () => {
  const skips = (text: string): string[] => findHookSkips(text, 'powershell').map(({ what }) => what);

  expect(skips("$env:HUSKY = '0'; git commit -m x")).toEqual(['HUSKY=0']);
  expect(skips('$env:HUSKY=0; git commit -m x')).toEqual(['HUSKY=0']);
  expect(skips('git commit -m "a `" b" --no-verify')).toEqual(['git commit --no-verify']);
  expect(skips('git commit -m "say \\"; git push --no-verify')).toEqual(['git push --no-verify']);
  expect(findHookSkips('Remove-Item C:\\repo\\.git\\hooks\\pre-commit', 'powershell')).toEqual([
    { what: 'remove-item C:\\repo\\.git\\hooks\\pre-commit', target: 'C:/repo/.git/hooks/pre-commit' },
  ]);
});
