// Whom a note calls: `@` and a colleague's name or id.
import type { Act } from "#kernel/act.ts"

type MentionedUser = { id: string; name: string }

const fold = (text: string) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase()
const endsWord = (text: string, at: number) => at >= text.length || !/[\p{L}\p{N}_]/u.test(text[at]!)

// More mentions than that count for nothing: sixty thousand @ would be compared with every name.
const mostCalls = 500

/**
 * The people whom a text calls. The longest name that fits is meant; a first name alone means the only one of
 * that name. An address such as ana@example.com calls nobody.
 */
export function mentionedIn(text: string, people: readonly MentionedUser[]): string[] {
  const folded = fold(text)
  const names = people.flatMap(({ id, name }) => [
    { id, call: fold(name) },
    { id, call: fold(id) },
  ])
  const firsts = Map.groupBy(people, ({ name }) => fold(name).split(" ")[0]!)
  for (const [call, of] of firsts) if (of.length === 1) names.push({ id: of[0]!.id, call })
  const longestFirst = names.filter(({ call }) => call !== "").toSorted((a, b) => b.call.length - a.call.length)
  const found = new Set<string>()
  for (const { index } of folded.matchAll(/(?<![\p{L}\p{N}_.])@/gu).take(mostCalls)) {
    const from = index + 1
    const meant = longestFirst.find(({ call }) => folded.startsWith(call, from) && endsWord(folded, from + call.length))
    if (meant) found.add(meant.id)
  }
  return [...found]
}

export async function saveMentions(act: Act, messageId: string, userIds: string[]): Promise<void> {
  if (userIds.length === 0) return
  await act.tx
    .insertInto("mentions")
    .values(userIds.map((userId) => ({ messageId, userId })))
    .execute()
}
