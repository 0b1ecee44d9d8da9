/** What a command is given by the command line, so that it reads neither `process` nor the environment itself. */
export interface CommandContext {
  /** The folder that the command was called in. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Reads standard input to its end. */
  readonly stdin: () => Promise<Buffer>;
  /** Which are terminals. Standard input counts as one where it was closed, too: node then opens a device in its place. */
  readonly isTerminal: { readonly stdin?: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Calls the listener when the user interrupts the run, and gives what takes it off again. */
  readonly onInterrupt?: (listener: () => void) => () => void;
  /** The absolute path of the program file that runs, `…/dist/bin/leak-guard.cjs`. */
  readonly cliPath: string;
  /** The node that runs it. */
  readonly nodePath: string;
  readonly version: string;
}
