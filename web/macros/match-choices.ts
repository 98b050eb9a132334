// Which saved replies and macros fit what was typed. Pure.
export interface Searchable {
  name: string
  /** What it says. */
  text: string
}

const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

/** Every word is in the name or the text; those whose name has them all come first, in the order they had. */
export function matchChoices<T>(typed: string, choices: readonly T[], of: (choice: T) => Searchable): T[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  const inName: T[] = []
  const inText: T[] = []
  for (const choice of choices) {
    const { name, text } = of(choice)
    if (words.every((word) => fold(name).includes(word))) inName.push(choice)
    else if (words.every((word) => fold(`${name} ${text}`).includes(word))) inText.push(choice)
  }
  return [...inName, ...inText]
}

export const firstLine = (text: string): string => text.trim().split("\n", 1)[0]!
