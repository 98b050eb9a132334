// What cannot be delivered is refused before it is written. Pure: the caller looks, this decides.
import type { ReplyLimits } from "#channels/index.ts"

export type ReplyToCheck = {
  /** Characters, as the channel will carry them. */
  length: number
  files: number
  /** The template's category; null for free text. */
  template: string | null
  headerMedia: boolean
}

export type ReplyConditions = {
  limits: ReplyLimits
  window: { open: boolean; closesAt: Date | null }
  /** Why the channel last refused, if nothing happened since. */
  lastFailure: string | null
  refusesMarketing: boolean
}

export type Restriction =
  | "too_long"
  | "too_many_files"
  | "header_file"
  | "undeliverable"
  | "opted_out"
  | "window_closed"

/** The address itself takes no messages, as the channel said last. */
export const takesNothing = (lastFailure: string | null): boolean => lastFailure === "undeliverable"

/** Null: it may be sent. */
export function checkReply(sending: ReplyToCheck, options: ReplyConditions): Restriction | null {
  const { length, files, template, headerMedia } = sending
  const { limits } = options
  if (takesNothing(options.lastFailure)) return "undeliverable"
  if (template !== null) {
    if (headerMedia !== (files === 1)) return "header_file"
    return options.refusesMarketing && template === "MARKETING" ? "opted_out" : null
  }
  if (files > (limits.filesPerMessage ?? Infinity)) return "too_many_files"
  if (length > ((files > 0 ? limits.longestCaption : limits.longestText) ?? Infinity)) return "too_long"
  return options.window.open ? null : "window_closed"
}
