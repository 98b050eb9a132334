import { z } from "zod"
import { broadcast } from "#kernel/database/broadcast.ts"
import type { Channel } from "../channel.ts"
import { webchatSettings } from "./settings.ts"

/** A visitor's page fetches its messages itself, so a reply is sent as soon as it is stored. */
export const webchat: Channel = {
  name: "Chat",
  word: "chat",
  firstConnection: "Chat",
  reach: { anywhere: [], here: ["visitor"] },
  marks: "none",
  replyLimits: null,
  repeatable: true,
  settings: webchatSettings,
  secrets: z.strictObject({}),
  send: async () => ({ state: "sent" }),
  signal: (db, identityId, what) => void broadcast(db, { chat: what, identityId }),
}
