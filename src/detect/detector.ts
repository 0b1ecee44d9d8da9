/**
 * The type of a file in `detectors/`: all that leak-guard knows of one provider. Data only; the build compiles it to
 * the hot scan table (formats) and the cold playbooks (rotate).
 */
export interface Detector {
  /** The provider's own name, as users know it: `SendGrid`. */
  readonly provider: string;
  /** Other words that `leak-guard rotate` understands: old names, products, companies. Lower case. */
  readonly aliases?: readonly string[];
  readonly category: Category;
  /** What its credentials open and are used for, in one or two sentences. */
  readonly about: string;
  /** The provider's page on these credentials: the source of the formats below unless a comment names another. */
  readonly docs: string;
  /** Domains that belong to the provider. Every address in this file lies on one of them or below it. */
  readonly hosts: readonly string[];
  /** Every shape of credential that can be recognised. */
  readonly formats: readonly Format[];
  readonly examples: Examples;
  readonly rotate: Playbook;
}

/** What a provider is; `leak-guard rotate` lists by it. */
export type Category =
  | 'ai'
  | 'ci'
  | 'cloud'
  | 'database'
  | 'email'
  | 'encryption'
  | 'messaging'
  | 'payments'
  | 'registry'
  | 'secrets-manager'
  | 'vcs'
  | 'other';

/** `critical`: takes over production or money. `high`: acts as its owner. `medium`: limited. `low`: test or short-lived. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** How sure we are: an offline proof holds · the shape is distinctive · keyword and entropy only. */
export type Confidence = 'proven' | 'likely' | 'possible';

/** One shape of credential. */
export interface Format {
  /** `<provider>-<what>`; reads well after "allow". Permanent: it stands in users' allowlists. */
  readonly id: string;
  /** Former ids: entries that name them go on working. */
  readonly formerIds?: readonly string[];
  /** The credential in the provider's own words, with the provider's name: `LINE channel access token, long-lived`. */
  readonly name: string;
  readonly severity: Severity;
  /**
   * The secret alone: no flags, no `^ $ \b`, no surroundings, every quantifier bounded. Boundaries are added by the
   * build. Where it must take in more than the secret (a URL around a password), the secret part is the group
   * `(?<secret>…)`.
   */
  readonly pattern: RegExp;
  /**
   * Distinctive formats: literals one of which stands in every match (compared without case, then the pattern decides).
   * A format has `keywords` or `near`, or both: then the literal finds it and a near word must confirm it.
   */
  readonly keywords?: readonly string[];
  /**
   * Plain formats: words one of which must stand close by, because the shape says nothing. They name the provider:
   * `twilio`, `line channel`. Blanks stand for any of `_`, `-`, `.`, a blank or nothing, so `line channel` also covers
   * `LINE_CHANNEL` and `lineChannel`. Compared without case. "Close by": on the same line, up to four lines away, or in the path.
   */
  readonly near?: readonly string[];
  /**
   * Plain formats: words one of which must stand in the name that the value is given (`authToken = …`,
   * `--auth-token …`, `"auth_token": …`), where it is given one. Same rules for blanks and case.
   */
  readonly names?: readonly string[];
  /** Shannon entropy of the secret part in bits per character, below which it is a dummy. */
  readonly minEntropy?: number;
  /** The offline check that the value passes, by name; see `proofs/`. */
  readonly proof?: ProofName;
  /**
   * True for ids and publishable halves: never a finding, but where one stands near the secret that names it in
   * `with`, the finding names both places.
   */
  readonly isPublic?: boolean;
  /** The ids of the public formats that go with this secret; one within 20 lines counts as a near word. */
  readonly with?: readonly string[];
  /** True where people choose the value (a password): its fingerprint is made the slow way, so that guessing is dear. */
  readonly isGuessable?: boolean;
  /**
   * A template that grows a sample at test time: literal text with `{{alphabet:length}}`, `{{alphabet:min-max}}` or
   * `{{maker:name}}` in it; see `test/support/sample.ts`. A proof's checksum is put right afterwards. The harness writes
   * it down in twenty syntaxes, under the name of the credential's `env`, which therefore holds a near word and a name.
   */
  readonly sample: string;
}

/** The offline checks, by name. Each is a function in `src/detect/proofs/`, which says where its rule comes from. */
export type ProofName =
  | 'age-bech32'
  | 'atlassian-crc32'
  | 'aws-account'
  | 'bitbucket-app-password'
  | 'cloudflare-crc32'
  | 'data-center-token'
  | 'discord-bot-id'
  | 'github-crc32'
  | 'gitlab-routable'
  | 'grafana-crc32'
  | 'json-base64'
  | 'jwt'
  | 'openssh-key'
  | 'pem-key'
  | 'pypi-macaroon'
  | 'vercel-crc32';

/** Lines in which something is found, and lines in which nothing may be found by any detector. */
export interface Examples {
  /** Ways in which people write the credential down; `{{format-id}}` stands for a grown sample. */
  readonly find: readonly string[];
  /** Look-alikes: placeholders, public halves, references to variables. */
  readonly ignore: readonly string[];
}

/** A day, `2026-11-20`. */
export type IsoDate = string;

/** What to do when a credential of this provider has leaked. Text is ours; facts are the provider's. */
export interface Playbook {
  /** The page that a blocked developer is sent to. Official, https, on one of `hosts`. */
  readonly url: string;
  /** The day on which the facts were last compared with the provider's documentation. */
  readonly reviewed: IsoDate;
  /** Each kind of credential, secret or not, in the order of how often it leaks. */
  readonly credentials: readonly Credential[];
  /** Where its use can be seen afterwards. Never empty: a provider without logs says so with kind `none`. */
  readonly audit: readonly Audit[];
  /** What a thief can do, provider-specific, at least two. */
  readonly risks: readonly string[];
  /** What stops working when the credential dies. */
  readonly breaks: readonly string[];
  /** Variables and files in which the credential commonly stands: what to search for before revoking. */
  readonly usedIn: readonly string[];
  /** How to hold the credential from now on, provider-specific. */
  readonly practices: readonly string[];
  /** What the provider does by itself when it sees the credential in public. */
  readonly autoRevocation?: string;
  /** Traps that cost people time. */
  readonly gotchas?: readonly string[];
  /** Further official pages; each step and credential may name one by its `id`. */
  readonly links: readonly Link[];
}

/** One kind of credential and how it is replaced. */
export interface Credential {
  /** The argument of `--credential`: `long-lived`. */
  readonly id: string;
  /** The provider's own term. */
  readonly name: string;
  /** The formats that it is recognised by; empty where it has no shape that can be told. */
  readonly formats: readonly string[];
  /** False for ids and publishable keys: they need no rotation, and `steps` is empty. */
  readonly isSecret: boolean;
  /** What its holder can do, one sentence. */
  readonly grants: string;
  /** How long it lives by itself: `does not expire`, `15 minutes`, `set by you, up to a year`. */
  readonly lifetime: string;
  /** How many can be live at once, in words, where known. */
  readonly maxActive?: string;
  /** Who can kill it: its holder alone, its holder with client credentials, an admin by API, only the console, or nobody. */
  readonly selfRevoke: 'token-only' | 'token-and-client' | 'admin-api' | 'console' | 'impossible';
  /** Whether old and new can be valid together, and how long. `wait`: it cannot be revoked, only expire. */
  readonly strategy: 'overlap' | 'cut-over' | 'revoke-only' | 'wait';
  /** The overlap in words: `0 to 24 hours, you choose`; `none: the old one stops at once`. */
  readonly overlap: string;
  /** The variable that the fix reads it from: `LINE_CHANNEL_ACCESS_TOKEN`. */
  readonly env: string;
  /** A page on this credential, where a better one than `Playbook.url` exists. */
  readonly url?: string;
  /** What to do, in order. Empty only when `isSecret` is false. */
  readonly steps: readonly Step[];
  /** How to ask whether a value is live. Used by a person, never by a hook. */
  readonly verify?: Liveness;
}

/**
 * `contain` stop the damage · `create` make the new one · `deploy` put it in place · `revoke` end the old one · `prove` see that the
 * old one is dead · `check` look for misuse · `clean` take it out of history.
 */
export type Phase = 'contain' | 'create' | 'deploy' | 'revoke' | 'prove' | 'check' | 'clean';

/** One thing to do. At least one of `console`, `run`, `call` or `note` says how. */
export interface Step {
  readonly phase: Phase;
  /** What to do: verb first, at most 70 characters. */
  readonly do: string;
  /** Where to click: `Settings > API Keys > Create API Key`. */
  readonly console?: string;
  /** A command to type; `<PLACEHOLDER>` in angle brackets. It never takes the secret as an argument. */
  readonly run?: string;
  /** A request; shown as a curl command that keeps the secret out of argv and shell history. */
  readonly call?: Call;
  /** What to know: effects, delays, limits. One or two sentences. */
  readonly note?: string;
  /** `breaks-clients`: whatever uses the old one fails from now on. `irreversible`: there is no way back. */
  readonly danger?: 'breaks-clients' | 'irreversible';
  /** The `id` of a link to the official page that says so. */
  readonly docs: string;
}

/** An HTTP request, without the secret. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** https; `<PLACEHOLDER>` in angle brackets. Holds `{{secret}}` only when `isSecretInUrl` says so. */
  readonly url: string;
  /** Header lines. `{{secret}}` is the leaked value, `{{admin}}` another credential that may administer it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A form or JSON body; values may hold `{{secret}}`. */
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** The user and password of HTTP basic auth, `<CLIENT_ID>:{{secret}}`. */
  readonly basic?: string;
  /** What the answer looks like when it has worked: `204`, `200 {"ok":true}`. */
  readonly ok: string;
  /** What other answers mean. */
  readonly errors?: readonly string[];
  /** False where success is answered even for an unknown or failed revocation: then a `prove` step must follow. */
  readonly provesRevocation?: boolean;
  /** True where the provider takes the secret only in the address, which ends up in logs. */
  readonly isSecretInUrl?: boolean;
}

/** How to tell a live value from a dead one. */
export interface Liveness {
  readonly call: Call;
  /** The answer of a live one: `200`; a limited one counts as live: `200, 403`. */
  readonly live: string;
  /** The answer of a dead one. */
  readonly dead: string;
  /** What the call leaves behind: a log line, a counter. */
  readonly sideEffects?: string;
}

/** A place where use can be seen, or the statement that there is none. */
export interface Audit {
  readonly kind: 'none' | 'console' | 'api' | 'command' | 'own-logs';
  /** The log's name, verb-free: `CloudTrail event history`. */
  readonly title: string;
  /** A path in the console, an address or a command. */
  readonly where?: string;
  /** The role or plan that it takes. */
  readonly needs?: string;
  /** How far back it reaches: `90 days`. */
  readonly retention?: string;
  /** What misuse looks like there. Empty only for kind `none`. */
  readonly lookFor: readonly string[];
}

/** An official page. */
export interface Link {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A provider's playbook with what `rotate` and its kin need besides: a detector without the ways of finding. */
export interface PlaybookEntry {
  /** The detector's file name without `.ts`: the argument of `rotate`. */
  readonly id: string;
  readonly provider: string;
  readonly aliases: readonly string[];
  readonly category: Category;
  readonly about: string;
  readonly docs: string;
  readonly hosts: readonly string[];
  readonly formats: readonly {
    readonly id: string;
    readonly name: string;
    readonly severity: Severity;
    readonly isPublic: boolean;
  }[];
  readonly rotate: Playbook;
}
