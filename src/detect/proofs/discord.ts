import { decodeBase64 } from './base64.js';
import type { Proof } from './proof.js';

const SHAPE = /^([\w-]{20,30}={0,2})\.[\w-]{5,8}\.[\w-]{20,50}$/;
// Snowflakes count milliseconds from the first second of 2015: https://docs.discord.com/developers/reference#snowflakes
const EPOCH_MS = 1_420_070_400_000n;
const YEAR_2060_MS = 2_840_140_800_000n;

/** The first part of a Discord bot token is base64 of the bot's id: 17 to 20 digits that are a moment since 2015. */
export function provesDiscord(value: string): Proof {
  const id = SHAPE.exec(value)?.[1];
  if (id === undefined) return 'unknown';
  const digits = decodeBase64(id)?.toString('latin1') ?? '';
  if (!/^\d{17,20}$/.test(digits)) return 'fails';
  return (BigInt(digits) >> 22n) + EPOCH_MS < YEAR_2060_MS ? 'holds' : 'fails';
}
