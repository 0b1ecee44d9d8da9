import { fstatSync, readSync, writeSync } from 'node:fs';
import { codeOf } from './error-code.js';
import { UserError } from './user-error.js';

const pauseMs = 5;
const chunkBytes = 64 * 1024;

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
      pause(); // the reader of the pipe is slower than we are
    }
  }
}

/** Whether an open file is a terminal, or another device. Asked of the file system, because loading `node:tty` takes a hook's time. */
export function isTerminal(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false; // it is closed
  }
}

/**
 * Reads the standard input, or another open file, to its end. Waiting for it blocks, as there is nothing else to do, and a
 * stream would cost a push eight milliseconds.
 */
export function readAll(fd: number): Buffer {
  const chunks: Buffer[] = [];
  for (let chunk = readChunk(fd); chunk.length > 0; chunk = readChunk(fd)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The next bytes; none at the end. */
function readChunk(fd: number): Buffer {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(fd, chunk));
    } catch (cause) {
      if (codeOf(cause) === 'EOF') return Buffer.alloc(0); // how Windows says that the other end of a pipe is closed
      if (codeOf(cause) !== 'EAGAIN') throw notRead(cause);
      pause(); // the writer is slower than we are
    }
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
}

function notRead(cause: unknown): UserError {
  return new UserError('Could not read the standard input.', 'Pipe a text into it, and run again.', { cause });
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
