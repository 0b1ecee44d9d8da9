/**
 * A RegExp that is made when it is first used. For those with `\p{…}`: node checks a literal when it reads the program
 * file, also in code that never runs, and the Unicode tables for these cost a hook up to a millisecond each.
 */
export function lazyRegExp(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= new RegExp(source, flags);
    return made;
  };
}
