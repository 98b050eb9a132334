// How a reply can go out at this moment. Pure: the clock is an argument.
import type { ReplyWindow as Stored } from "#replies/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"

export type ReplyWindow = Json<Stored>

interface ReplyWindowState {
  mode: ReplyWindow["mode"]
  /** Whole hours when there are at least two, else minutes; null when nothing runs out. */
  minutesLeft: number | null
  isSoon: boolean
}

const hour = 60

export function replyWindowAt(
  { mode, closesAt }: Pick<ReplyWindow, "mode" | "closesAt">,
  now: number,
): ReplyWindowState {
  const left = closesAt === null ? null : Math.max(0, Math.floor((Date.parse(closesAt) - now) / 60_000))
  if (mode !== "text" || left === null) return { mode, minutesLeft: null, isSoon: false }
  if (Date.parse(closesAt!) <= now) return { mode: "template", minutesLeft: null, isSoon: false }
  return { mode, minutesLeft: left >= 2 * hour ? left - (left % hour) : left, isSoon: left < 2 * hour }
}

/** What may be written: less below a file than alone; null where the channel sets no bound. */
export const maxReplyLength = (
  window: Pick<ReplyWindow, "longestText" | "longestCaption">,
  files: number,
): number | null => (files > 0 ? window.longestCaption : window.longestText)
