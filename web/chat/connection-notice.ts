// What stands between the visitor and the desk right now, in one line above the composer.
import type { Conversation } from "../../src/channels/webchat/api-contract.ts"
import type { ApiResult } from "./chat-api.ts"
import { type ChatText, element, locale, t } from "./page-setup.ts"

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

/** While nobody works it is said, with the hour from which somebody does. */
export function showHours(conversation: Conversation | null) {
  const { hours = null } = conversation?.connection ?? {}
  const isClosed = hours?.isOpen === false
  const when = hours?.opensAt ? untilText(new Date(hours.opensAt), new Date()) : null
  const words = !isClosed ? "" : when === null ? t("chat.closed") : t("chat.closedUntil").replace("{when}", when)
  const line = element("closed")
  line.hidden = !isClosed
  if (line.textContent !== words) line.textContent = words
}

/** "mañana, 08:00", "el lunes, 08:00"… in the visitor's own zone. */
function untilText(at: Date, now: Date): string {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000)
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at)
  if (days < 2) return `${new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day")}, ${time}`
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" }).format(at)
  return `${t("chat.onDay").replace("{day}", day)}, ${time}`
}
