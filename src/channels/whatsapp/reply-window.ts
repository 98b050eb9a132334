// The customer service window: for 24 hours after a customer's last message we may write freely; outside it, templates only.

const hours24 = 24 * 3_600_000

export type Window = { open: boolean; closesAt: Date | null }

/** `lastInboundAt` is the message's own time, not when it arrived: a message delivered late opens only what is left. */
export function replyWindow(lastInboundAt: Date | null, now: Date): Window {
  if (lastInboundAt === null) return { open: false, closesAt: null }
  const closesAt = new Date(lastInboundAt.getTime() + hours24)
  return { open: now < closesAt, closesAt }
}
