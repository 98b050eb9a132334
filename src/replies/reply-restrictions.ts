// What cannot be delivered is refused before it is written. Pure: the caller looks, this decides.

export type ReplyToCheck = {
  /** Characters, as the channel will carry them. */
  length: number
  files: number
  /** The template's category; null for free text. */
  template: string | null
  headerMedia: boolean
}

export type ReplyConditions = {
  window: { open: boolean; closesAt: Date | null }
  /** The code of the channel's last refusal, if nothing happened since. */
  lastFailureCode: number | null
  refusesMarketing: boolean
}

export type GuardResult =
  | null
  | "too_long"
  | "too_many_files"
  | "header_file"
  | "undeliverable"
  | "opted_out"
  | "window_closed"

export const maxTextLength = 4_096
export const maxCaptionLength = 1_024

const notOnWhatsApp = 131026

/** Null: it may be sent. */
export function checkReply(sending: ReplyToCheck, options: ReplyConditions): GuardResult {
  const { length, files, template, headerMedia } = sending
  if (options.lastFailureCode === notOnWhatsApp) return "undeliverable"
  if (template !== null) {
    if (headerMedia !== (files === 1)) return "header_file"
    return options.refusesMarketing && template === "MARKETING" ? "opted_out" : null
  }
  if (files > 1) return "too_many_files"
  if (length > (files > 0 ? maxCaptionLength : maxTextLength)) return "too_long"
  return options.window.open ? null : "window_closed"
}
