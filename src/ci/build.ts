/** What a CI system says of the build that it runs. Ids and names come from whoever pushed: they are data, nothing more. */
export interface Build {
  /** A pull or merge request, a push to a branch, a pushed tag, or a run that nobody's push has started. */
  readonly kind: 'change' | 'push' | 'tag' | 'run';
  /** The ids of the commits that the build is about, besides what is checked out. */
  readonly tips: readonly string[];
  /** Ids of what was there before: the end of the target branch, or of the branch before the push. Empty when not told. */
  readonly bases: readonly string[];
  /** The branch that a change is to go to. */
  readonly target?: string | undefined;
  /** The branch that is built; of a change, the one that it comes from. */
  readonly branch?: string | undefined;
  readonly tag?: string | undefined;
  readonly defaultBranch?: string | undefined;
}

/** A CI system: how it is known, what it says, and how its checkout is made deeper. */
export interface CiSystem {
  readonly id: 'github' | 'gitlab' | 'bitbucket' | 'circleci' | 'travis' | 'jenkins' | 'azure' | 'buildkite';
  readonly name: string;
  /** What it calls a change. */
  readonly change: 'pull request' | 'merge request';
  /** The sentence that says how to get the whole history, in the words of this system's settings. */
  readonly deepen: string;
  /** The variable that holds the target branch of a change, for a shell. */
  readonly targetVariable: string;
  readonly isHere: (env: NodeJS.ProcessEnv) => boolean;
  readonly toBuild: (env: NodeJS.ProcessEnv) => Build;
}
