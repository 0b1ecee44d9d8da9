// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders are those of other languages
/** How a secret is taken out of one file. */
export interface Fix {
  /** What to do, verb first, to go on with ", then": `use process.env.API_KEY instead`. */
  readonly use: string;
  /** True where the file as a whole has no place in git: a key file, a `.env`. */
  readonly isUntracked: boolean;
}

/** How code and settings of each kind read the variable `X` (or `x`, where it is written in lower case). */
const ACCESS_BY_EXTENSION: ReadonlyMap<string, string> = byWord({
  'js mjs cjs jsx ts mts cts tsx vue svelte astro coffee': 'process.env.X',
  'py pyi pyw ipynb': 'os.environ["X"]',
  go: 'os.Getenv("X")',
  'java kt kts groovy gradle': 'System.getenv("X")',
  'scala sc': 'sys.env("X")',
  'clj cljs cljc': '(System/getenv "X")',
  'rb rake erb gemspec': 'ENV.fetch("X")',
  'cs csx fs fsx vb cshtml razor': 'Environment.GetEnvironmentVariable("X")',
  'php phtml': "getenv('X')",
  rs: 'std::env::var("X")',
  swift: 'ProcessInfo.processInfo.environment["X"]',
  dart: "Platform.environment['X']",
  'ex exs': 'System.fetch_env!("X")',
  'erl hrl': 'os:getenv("X")',
  'pl pm': '$ENV{X}',
  lua: 'os.getenv("X")',
  r: 'Sys.getenv("X")',
  'jl cr': 'ENV["X"]',
  'c h cc cpp cxx hpp m mm': 'getenv("X")',
  'sh bash zsh ksh bats': '"$X"',
  fish: '"$X"',
  'ps1 psm1 psd1': '$env:X',
  'bat cmd': '%X%',
  mk: '$(X)',
  'yml yaml': '${X}',
  properties: '${X}',
  'tf hcl': 'var.x',
  npmrc: '${X}',
});

/** Files that no extension tells. The first that fits decides, before the extension. */
const ACCESS_BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)\.(github|gitea|forgejo)\/(workflows|actions)\/.*\.ya?ml$/i, '${{ secrets.X }}'],
  [/(^|\/)action\.ya?ml$/i, '${{ inputs.x }}'],
  [/(^|\/)(\.gitlab-ci|\.travis|bitbucket-pipelines|appveyor)\.ya?ml$/i, '$X'],
  [/(^|\/)\.circleci\/.*\.ya?ml$|(^|\/)cloudbuild\.ya?ml$/i, '$X'],
  [/(^|\/)azure-pipelines[^/]*\.ya?ml$/i, '$(X)'],
  [/(^|\/)Jenkinsfile/i, "credentials('X')"],
  [/(^|\/)(GNU)?makefile$/i, '$(X)'],
  [/(^|\/)(Gemfile|Rakefile|Podfile|Fastfile|Vagrantfile|Brewfile)$/i, 'ENV.fetch("X")'],
  [/(^|\/)(pom|settings)\.xml$/i, '${env.X}'],
  [/(^|\/)\.(bashrc|zshrc|profile|bash_profile|envrc)$/i, '"$X"'],
];

/** Files where it takes more than another way to write the value. */
const SENTENCE_BY_PATH: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)\.?env[^/]*\.(example|sample|template|dist|defaults?)$/i, 'put a placeholder in its place'],
  [/(^|\/|\.)(Docker|Container)file[^/]*$/i, 'pass it as a build secret, RUN --mount=type=secret,id=X'],
  [/(^|\/)(k8s|kubernetes|helm|charts|manifests|kustomize)\/.*\.ya?ml$/i, 'use a secretKeyRef with key X instead'],
  [/\.ipynb$/i, 'use os.environ["X"] instead, clear the output'],
  [/\.tfvars(\.json)?$/i, 'take it out and set TF_VAR_x when you run terraform'],
  [/\.(md|mdx|markdown|rst|adoc|txt|html?|tex|csv|tsv)$/i, 'put a placeholder such as <X> in its place'],
  [/\.(patch|diff|snap|har|cassette)$/i, 'put a made-up value in its place'],
  [
    /\.(json|jsonc|json5|toml|ini|cfg|conf|config|xml|plist|xcconfig|sql|graphql|lock)$/i,
    'take it out; read X from the environment where this file is loaded',
  ],
];

/** Files that hold secrets by their nature: they belong on the machine that uses them. */
const UNTRACKED: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)\.env(\.[^/]*)?$|[^/]\.env$/i, 'keep this file out of git: add it to .gitignore'],
  [
    /\.(pem|key|p8|p12|pfx|jks|keystore|ppk|kdbx|ovpn|pgp|gpg|asc)$|(^|\/)id_(rsa|dsa|ecdsa|ed25519)$/i,
    'keep this key file out of git: add it to .gitignore',
  ],
  [
    /(^|\/)(\.netrc|_netrc|\.pypirc|\.pgpass|\.git-credentials|\.htpasswd|\.dockercfg|credentials)$|\.(log|dump|bak|tfstate)$/i,
    'keep this file out of git: add it to .gitignore',
  ],
];

const bySentence = 'read it from the environment variable X instead';

/** A longer one does not fit on the line of the message, and cut it would be of no use. */
const longestExpression = 60;

/** Looks up how the file's own language or format does without the secret. `env` is the variable to read it from. */
export function toFix(path: string, env: string): Fix {
  const byPath = findByPath(ACCESS_BY_PATH, path);
  if (byPath !== undefined) return toAccess(byPath, env);
  const sentence = findByPath(SENTENCE_BY_PATH, path);
  if (sentence !== undefined) return { use: fillIn(sentence, env), isUntracked: false };
  const keepOut = findByPath(UNTRACKED, path);
  if (keepOut !== undefined) return { use: keepOut, isUntracked: true };
  const byExtension = ACCESS_BY_EXTENSION.get(toExtension(path));
  if (byExtension !== undefined) return toAccess(byExtension, env);
  return { use: fillIn(bySentence, env), isUntracked: false };
}

function toAccess(access: string, env: string): Fix {
  const expression = fillIn(access, env);
  const use = expression.length > longestExpression ? fillIn(bySentence, env) : `use ${expression} instead`;
  return { use, isUntracked: false };
}

function findByPath(table: readonly (readonly [RegExp, string])[], path: string): string | undefined {
  return table.find(([pattern]) => pattern.test(path))?.[1];
}

/** `a/b.test.ts` → `ts`, `.npmrc` → `npmrc`. */
function toExtension(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1).toLowerCase();
}

function fillIn(template: string, env: string): string {
  return template.replace(/(?<![A-Za-z])[Xx](?![A-Za-z])/, (it) => (it === 'X' ? env : env.toLowerCase()));
}

function byWord(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(table).flatMap(([words, access]) => words.split(' ').map((word) => [word, access] as const)),
  );
}
