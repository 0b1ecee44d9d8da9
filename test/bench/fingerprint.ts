import { fingerprint } from '../../src/fingerprint.js';
import { Secret } from '../../src/secret.js';

/** Prints what a fingerprint costs, and how many guesses a second the cost leaves on one core. */
measure('random values (SHA-256)', { times: 20_000, isGuessable: false, distinct: 20_000 });
measure('guessable values (scrypt, 16 MiB)', { times: 20, isGuessable: true, distinct: 20 });
measure('one guessable value, 300 findings of it', { times: 300, isGuessable: true, distinct: 1 });

interface Load {
  readonly times: number;
  readonly isGuessable: boolean;
  readonly distinct: number;
}

function measure(what: string, { times, isGuessable, distinct }: Load): void {
  const start = performance.now();
  for (let number = 0; number < times; number += 1) {
    fingerprint('bench-value', new Secret(`${what} ${number % distinct}`), isGuessable);
  }
  const ms = (performance.now() - start) / times;
  console.log(`${what}: ${ms.toFixed(4)} ms each, ${Math.round(1000 / ms)} a second on one core`);
}
