import { z } from "zod"
import type { Channel } from "../channel.ts"

const colour = z.string().regex(/^#[0-9a-fA-F]{6}$/, "must be a colour such as #0f766e")

/** A visitor's page fetches its messages itself, so a reply is sent as soon as it is stored. */
export const webchat: Channel = {
  name: "Chat",
  word: "chat",
  firstConnection: "Chat",
  reach: { anywhere: [], here: ["visitor"] },
  marks: "none",
  replyLimits: null,
  repeatable: true,
  settings: z.strictObject({ color: colour.optional() }),
  secrets: z.strictObject({}),
  send: async () => ({ state: "sent" }),
}
