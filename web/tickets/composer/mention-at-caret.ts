// What stands between an @ and the caret, and who could be meant by it.
const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

export interface MentionQuery {
  /** Where the @ stands. */
  from: number
  text: string
}

export function mentionAt(text: string, caret: number): MentionQuery | undefined {
  const found = /(?:^|[^\p{L}\p{N}_.])@([\p{L}\p{N}_]*(?: [\p{L}\p{N}_]*)?)$/u.exec(text.slice(0, caret))
  const word = found?.[1]
  return word === undefined ? undefined : { from: caret - word.length - 1, text: word }
}

/** Names of which some word begins so; the first ones first. */
export function matchingPeople<T extends { name: string }>(text: string, people: T[]): T[] {
  const asked = fold(text)
  const fits = (name: string) => name.startsWith(asked) || name.split(" ").some((word) => word.startsWith(asked))
  return people
    .filter(({ name }) => fits(fold(name)))
    .toSorted((a, b) => Number(!fold(a.name).startsWith(asked)) - Number(!fold(b.name).startsWith(asked)))
    .slice(0, 6)
}

export const completeMention = (text: string, { from, text: word }: MentionQuery, name: string) => ({
  text: `${text.slice(0, from)}@${name} ${text.slice(from + 1 + word.length).replace(/^ /, "")}`,
  caret: from + name.length + 2,
})
