import { main } from './cli.js';

/** The package's version; the build puts it in. */
declare const LEAK_GUARD_VERSION: string;

// The program is bundled to CommonJS, which has no import.meta and knows its own file by this name.
void main({ file: __filename, version: LEAK_GUARD_VERSION });
