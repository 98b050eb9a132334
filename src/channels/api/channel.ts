// Replies on an `api` connection go as a signed POST to the address its owner set; without one they are simply there.
import { createHmac } from "node:crypto"
import { z } from "zod"
import { plainTextOf } from "#markdown/index.ts"
import { OutboundFailure } from "#kernel/outbound/http-client.ts"
import type { Channel, ChannelAccount } from "../channel.ts"
import type { OutgoingMessage, SendOutcome } from "../outgoing-message.ts"

const limits = { idleMs: 10_000, withinMs: 10_000 }

export const api: Channel = {
  name: "API",
  word: "api",
  urlSettings: ["replyUrl"],
  reach: { anywhere: ["phone", "email"], here: ["external", "group"] },
  marks: "none",
  replyLimits: null,
  repeatable: true,
  settings: z.strictObject({
    replyUrl: z
      .url({ protocol: /^https?$/, error: "must be an http(s) address" })
      .max(2_000)
      .optional(),
  }),
  secrets: z.strictObject({ replySecret: z.string().min(16).max(200).optional() }),
  send,
}

async function send(sender: ChannelAccount, message: OutgoingMessage): Promise<SendOutcome> {
  const url = sender.settings["replyUrl"]
  if (typeof url !== "string") return { state: "sent" }
  const body = JSON.stringify({
    messageId: message.messageId,
    to: message.to ? [{ kind: message.to.kind, value: message.to.value }] : [],
    content: message.contentHtml === null ? message.content : plainTextOf(message.content),
    contentHtml: message.contentHtml,
    replyTo: message.replyTo,
    attachments: message.files.map(({ id, name, mimeType }) => ({ id, name, mimeType })),
    at: message.at,
  })
  try {
    const reply = await sender.outbound.ask({
      method: "POST",
      url,
      headers: { "content-type": "application/json", ...signature(sender, body) },
      body,
      chosenBy: "user",
      ...limits,
    })
    reply.discard()
    return outcomeOf(reply.status)
  } catch (error) {
    return { state: "retry", why: error instanceof OutboundFailure && error.timedOut ? "timeout" : "unreachable" }
  }
}

/** `Hilo-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`, as outbound webhooks carry it. */
function signature({ secrets, now }: ChannelAccount, body: string): Record<string, string> {
  const secret = secrets["replySecret"]
  if (!secret) return {}
  const t = Math.floor(now().getTime() / 1000)
  return { "hilo-signature": `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}` }
}

// The message id travels with every try, so the receiver can recognise a repeat after a lost answer.
function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return { state: "sent" }
  if (status === 408 || status === 429 || status >= 500) return { state: "retry", why: `http_${status}` }
  return { state: "rejected", why: `http_${status}` }
}
