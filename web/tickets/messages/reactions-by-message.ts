// A reaction hangs on the message it is about and is no message of its own. Pure.
import type { Message } from "./message-queries.ts"

export interface Reaction {
  emoji: string
  by: string | null
}

interface ReactionGroup {
  said: Message[]
  reactions: Map<string, Reaction[]>
}

/**
 * Of each person the last reaction counts; an empty one takes it back. One about a message that is not loaded waits for
 * it, and is shown by itself when the thread is loaded whole (`isWhole`) and the message was not in it.
 */
export function reactionsByMessage(messages: Message[], isWhole: boolean): ReactionGroup {
  const ids = new Set(messages.filter((one) => one.kind !== "reaction").map((one) => one.id))
  const latest = new Map<string, Map<string, Reaction>>()
  const said = messages.filter((one) => {
    if (one.kind !== "reaction") return true
    const about = one.replyTo ?? ""
    if (!ids.has(about)) return isWhole && one.content !== ""
    const of = latest.get(about) ?? new Map<string, Reaction>()
    latest.set(about, of.set(one.sender.id ?? "", { emoji: one.content, by: one.sender.name }))
    return false
  })
  const reactions = [...latest].map(
    ([id, of]) => [id, [...of.values()].filter(({ emoji }) => emoji !== "")] as [string, Reaction[]],
  )
  return { said, reactions: new Map(reactions) }
}
