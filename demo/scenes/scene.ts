// A scene is what happens on one thread (or one support ticket), act by act, each at its own instant.
import type { GivenFields, Values } from "#tickets/fields/validate-field-values.ts"
import type { SceneMail } from "../mail/compose-scene-mail.ts"
import type { Customer, StaffName } from "../staff-and-customers.ts"
import type { CategoryName } from "../stories/story.ts"

export type ConnectionName = "chat" | "orders" | "wholesale" | "whatsapp" | "mail"

/**
 * `late`: a message that was written at `wroteAt` and arrives only now. `ask`, `write`: by the customer's own account.
 * `mail`: `answers` what they have written themselves or what we wrote; `quarantine`: a mail that nobody is the sender of.
 * `score`: how the customer answers the survey. `split`: what they said last. `to`: the ticket of the scene of that name. `wait`: support tickets only.
 */
export type SceneAct = { at: Date } & (
  | { does: "say"; text: string; by?: Customer }
  | { does: "late"; text: string; wroteAt: Date }
  | { does: "advertise"; text: string; shipment: number }
  | { does: "mail"; mail: SceneMail; answers?: "theirs" | "ours" }
  | { does: "bounce"; recipient: string }
  | { does: "quarantine"; subject: string; text: string }
  | { does: "answer"; text: string; fails?: boolean }
  | { does: "note" | "draft"; text: string }
  | {
      does: "take"
      category?: CategoryName
      priority?: "low" | "high" | "urgent"
      tags?: string[]
      values?: GivenFields
    }
  | {
      does: "open"
      subject: string
      description: string
      channel: "phone" | "web"
      priority?: "low" | "high" | "urgent"
    }
  | { does: "ask"; subject: string; description: string; values?: Values }
  | { does: "write"; text: string }
  | { does: "merge"; to: string }
  | { does: "link"; to: string; type: "related" | "conversation" }
  | { does: "split"; subject: string }
  | { does: "snooze"; hours: number }
  | { does: "apply"; macro: string }
  | { does: "tier"; tier: string }
  | { does: "resolve"; resolution?: string }
  | { does: "close" }
  | { does: "score"; score: number; comment?: string }
  | { does: "notify" }
  | { does: "reopen" | "wait" | "start" }
)

export type Scene = {
  connection: ConnectionName
  customer: Customer
  as?: string
  group?: string
  agent: StaffName
  acts: SceneAct[]
}
