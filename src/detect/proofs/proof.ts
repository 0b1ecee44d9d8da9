/**
 * What an offline check says of a value: it bears the mark of its issuer (`holds`), it cannot be genuine (`fails`), or
 * this value carries no proof or one that no published source lets us judge (`unknown`).
 */
export type Proof = 'holds' | 'fails' | 'unknown';
