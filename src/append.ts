/** Puts all of a list behind another. As arguments of `push`, some hundred thousand would overflow the stack. */
export function append<T>(list: T[], more: readonly T[]): void {
  for (const one of more) list.push(one);
}
