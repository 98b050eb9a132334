// What a visitor is still to be asked before they write.
import type { Conversation, PreChat } from "../../../src/channels/webchat/api-contract.ts"

export type FirstQuestions = PreChat & {
  /** Nobody is there: they leave an e-mail with their message. */
  isClosed: boolean
}

/** `started`: they have gone past the questions in this browser. `answered`: the ids of those that they answered. */
export type KnownOfVisitor = { name: string; email: string; started: boolean; answered: string[] }

/** Null when there is nothing to ask. */
export function firstQuestions(
  conversation: Pick<Conversation, "connection" | "messages"> | null,
  known: KnownOfVisitor,
): FirstQuestions | null {
  if (!conversation) return null
  const { preChat, hours } = conversation.connection
  const hasWritten = conversation.messages.some(({ direction }) => direction === "in")
  const asksEmail = hours?.asksEmail === true && known.email === ""
  const asked = hasWritten ? null : preChat
  const isMissing =
    (asked?.name === "required" && known.name === "") ||
    (asked?.email === "required" && known.email === "") ||
    asked?.questions.some(({ id, required }) => required && !known.answered.includes(id)) === true
  const isAsked = asked !== null && (!known.started || isMissing)
  if (!asksEmail && !isAsked) return null
  const { name, email, questions } = isAsked ? asked : nothing
  return { name, email: asksEmail ? "required" : email, questions, isClosed: asksEmail }
}

const nothing: PreChat = { name: "off", email: "off", questions: [] }
