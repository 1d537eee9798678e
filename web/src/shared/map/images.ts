/** How many images a map keeps. Pure. */

/** Return which of the images that were made for what is shown may go: beyond so many, those that nothing shows. */
export function superfluous(made: readonly string[], shown: ReadonlySet<string>, most: number): string[] {
  return made.length > most ? made.filter((id) => !shown.has(id)) : [];
}
