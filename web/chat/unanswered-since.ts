import type { Conversation } from "../../src/channels/webchat/api-contract.ts"

/** Since when (ms) the visitor has waited for an answer of a person; null when they do not. */
export function unansweredSince(conversation: Pick<Conversation, "messages"> | null): number | null {
  const { messages = [] } = conversation ?? {}
  const answered = messages.findLastIndex(({ direction, author }) => direction === "out" && author !== null)
  const first = messages.slice(answered + 1).find(({ direction }) => direction === "in")
  return first ? Date.parse(first.at) : null
}
