// How long a customer may be written to freely after their last message.
export type Window = { open: boolean; closesAt: Date | null }

/** `lastInboundAt` is the message's own time, not when it arrived: a message delivered late opens only what is left. */
export function replyWindow(lastInboundAt: Date | null, windowMs: number | null, now: Date): Window {
  if (windowMs === null) return { open: true, closesAt: null }
  if (lastInboundAt === null) return { open: false, closesAt: null }
  const closesAt = new Date(lastInboundAt.getTime() + windowMs)
  return { open: now < closesAt, closesAt }
}
