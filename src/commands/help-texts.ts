const options = `Options of every command
  --format text|json   how the result is written; some commands know more
  --output FILE        write it to FILE, which only you can read
  --quiet              leave out what is only good to know
  --no-color           no colour; NO_COLOR does the same
  --config FILE        use these settings instead of .leak-guard.json
  --help               this text

Exit codes  0 nothing found · 1 findings · 2 could not do it
`;

/** What `leak-guard --help` prints. */
export const overview = `leak-guard stops a commit or push that carries a credential, and tells you how
to take it out and how to rotate it at its provider, offline.

Usage  leak-guard COMMAND [OPTIONS]

  install      put the hooks into this repository
  uninstall    take them out again
  doctor       prove that git runs them here and that they stop a secret
  scan         look through files, what is staged, commits, or standard input
  rotate       the steps to rotate a provider's credentials
  prevent      the code that reads a credential from a store
  allow        let one finding pass, with a reason
  baseline     let all present findings pass, with a reason
  audit        check the allowlist: expired, stale, unneeded entries
  detectors    what is found
  hook         what git calls; not for people

${options}`;

const texts: Readonly<Record<string, string>> = {
  install: `Usage  leak-guard install [--hook NAME]… [--manager NAME]
                          [--global] [--force] [--dry-run]

Puts the hooks pre-commit and pre-push into this repository, through the hook
manager that it uses, else natively. A hook that is there is kept and runs first. Running
it again changes nothing.

  --hook NAME   this hook only; may be given more than once
                (pre-commit, pre-push, commit-msg, pre-merge-commit;
                pre-receive in the repository on a server)
  --manager     how: auto looks for itself; native, husky, lefthook,
                simple-git-hooks, pre-commit
  --global      for every repository of this user
  --force       also where git's hooks path is shared with other repositories
  --dry-run     say what would be done

Example  leak-guard install --hook pre-commit --hook commit-msg
`,
  uninstall: `Usage  leak-guard uninstall [--global]

Takes out what install put in: files come back byte for byte, your own lines stay.
`,
  doctor: `Usage  leak-guard doctor [--format text|json] [--quiet]

Says of each hook whether git will run it here, and tries it on a secret grown for
that, which is taken away again. Nothing of the repository changes, and only
leak-guard's own part of a hook is run. Each problem comes with what mends it.

Exit codes  0 all fine · 1 something is wrong · 2 could not tell
`,
  scan: `Usage  leak-guard scan [PATH…]
       leak-guard scan --staged [FILE…] | --stdin | --message FILE
       leak-guard scan --range A..B | --range COMMIT
       leak-guard scan --history [--since DATE] [--branch NAME]

Looks for credentials in files and folders, in what is staged, in standard input,
in a commit message as git would record it, or in commits: their files, messages,
and names. A finding in commits says when it came, and whether HEAD still has it.

  --range A..B   the commits that B has and A has not; one commit: that one
  --history      all commits that a branch, tag or other ref leads to
  --since DATE   with --history: only commits from this day on (2026-11-20)
  --branch NAME  with --history: only this branch or tag

Examples  leak-guard scan src
          leak-guard scan --staged --format json
          leak-guard scan --range origin/main..HEAD
          leak-guard scan --history --since 2026-01-01
          git diff | leak-guard scan --stdin
`,
  rotate: `Usage  leak-guard rotate [PROVIDER] [--credential ID] [--full] [--open]

Prints the steps to rotate a credential at its provider, from the offline copy.
Without a name, lists the providers.

  --credential ID   one kind of credential, such as channel-secret
  --full            everything: risks, audit, practices, links
  --open            open the provider's page in the browser
  --format          text, md, html or json

Example  leak-guard rotate line --credential channel-secret
`,
  prevent: `Usage  leak-guard prevent [PROVIDER] --store env|aws|vault|conjur
                          --lang ts|python|go|java|ruby|csharp

Prints the code that reads a provider's credential from a store.

Example  leak-guard prevent stripe --store vault --lang go
`,
  allow: `Usage  leak-guard allow ID --reason TEXT [--expires DATE]

Lets one finding pass: writes its fingerprint, never its value, to
.leak-guard-allow.json and stages that file. ID is the short one from the message.

Example  leak-guard allow 7c1e93ab --reason "public key of the docs" --expires 2027-06-30
`,
  baseline: `Usage  leak-guard baseline --reason TEXT [--expires DATE]

Lets everything pass that is found in the files of this repository today.
`,
  audit: `Usage  leak-guard audit

Lists the entries of the allowlist that are expired, soon to expire, or no longer
needed. Exit code 1 when one should be taken out or renewed.
`,
  detectors: `Usage  leak-guard detectors [--format text|json]

Lists what is found.
`,
  hook: `Usage  leak-guard hook pre-commit | pre-merge-commit
       leak-guard hook commit-msg FILE
       leak-guard hook pre-push REMOTE URL
       leak-guard hook pre-receive [--seconds N]

What git's hooks call. Its report goes to standard error.

  --seconds N   how long a push may take to scan, 30 when not given; one that
                takes longer is stopped, with exit code 2
`,
};

/** What `leak-guard COMMAND --help` prints. */
export const helpTexts: ReadonlyMap<string, string> = new Map(
  Object.entries(texts).map(([command, text]) => [command, `${text}\n${options}`]),
);
