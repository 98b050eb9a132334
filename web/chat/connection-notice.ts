// What stands between the visitor and the desk right now, in one line above the composer.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import type { ApiResult } from "./chat-api.ts"
import { type ChatText, element, t } from "./page-setup.ts"

export type ChatProblem = "offline" | "trouble" | "slower" | "disabled" | "unknown" | null

export function problemOf(answer: ApiResult<unknown>): ChatProblem {
  if (answer.ok || answer.status === 401) return null
  if (answer.code === "connection_disabled") return "disabled"
  if (answer.status === 404) return "unknown"
  if (answer.status === 429) return "slower"
  return answer.status === 0 || answer.status >= 500 ? "trouble" : null
}

export function showConnectionNotice(trouble: ChatProblem, conversation: Conversation | null) {
  const shown = !navigator.onLine ? "offline" : conversation?.connection.enabled === false ? "disabled" : trouble
  const words = shown ? t(`chat.${shown}` satisfies ChatText) : ""
  const notice = element("notice")
  notice.hidden = !shown
  if (notice.textContent !== words) notice.textContent = words
  element("composer").inert = shown === "unknown" || shown === "disabled"
}
