// What Hilo must know of a kind of outside system. Of the two that agree on one problem, the work system is where operators close
// tickets and Hilo can ask and reopen; the record system only says by its hooks what is closed there.
import type { z } from "zod"
import type { Outbound } from "#kernel/outbound/http-client.ts"
import type { LinkedSystemKind } from "../api-contract.ts"

export type SystemKind = {
  settings: z.ZodObject
  /** Kept sealed, and never shown. */
  secrets: z.ZodObject
  /** What its settings lack to be whole, as the name of a setting and what is wrong with it. */
  findFault?: (whole: WholeSettings) => SettingFault | null
  /** The setting that names the system of another kind which it forms pairs with; unset, the only one there is. */
  pairedBy?: { setting: string; kind: LinkedSystemKind }
}

/** The secrets are open. Not to be kept, shown or logged. */
export type WholeSettings = {
  settings: Record<string, unknown>
  secrets: Record<string, unknown>
  outbound: Pick<Outbound, "refuses">
}
export type SettingFault = { setting: string; message: string }
