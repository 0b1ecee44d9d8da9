import { createReadStream, fstatSync, writeSync } from 'node:fs';
import { UserError } from './user-error.js';

const pauseMs = 5;

/**
 * Writes a text to an open file to its last byte. A closed pipe or a full disk is a UserError: what could not be said
 * must not pass for "nothing found".
 */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (cause) {
      if (codeOf(cause) !== 'EAGAIN') throw notWritten(cause);
      // The reader of the pipe is slower than we are: wait for it.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}

/** Whether an open file is a terminal. Asked of the file system, because loading `node:tty` takes a hook's time. */
export function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false; // it is closed
  }
}

/** Reads the standard input, or another open file, to its end. */
export async function readAll(fd: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream('', { fd, autoClose: false })) chunks.push(Buffer.from(chunk));
  } catch (cause) {
    throw new UserError('Could not read the standard input.', 'Pipe a text into it, and run again.', { cause });
  }
  return Buffer.concat(chunks);
}

function notWritten(cause: unknown): UserError {
  const why = codeOf(cause) === 'EPIPE' ? 'the reader has closed the pipe' : 'the system refused it';
  return new UserError(
    `Could not write the result: ${why}.`,
    'Check the disk and the program that reads it, and run again.',
    {
      cause: codeOf(cause),
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
