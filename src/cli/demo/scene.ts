// A scene is what happens on one thread (or one support ticket), act by act, each at its own instant.
import type { Customer, StaffName } from "./people.ts"
import type { CategoryName } from "./stories.ts"

export type DoorName = "chat" | "orders" | "wholesale" | "whatsapp"

/** `late`: a message that was written at `wroteAt` and arrives only now. `wait`, `resolve`: support tickets only. */
export type SceneAct = { at: Date } & (
  | { does: "say"; text: string; by?: Customer }
  | { does: "late"; text: string; wroteAt: Date }
  | { does: "advertise"; text: string; shipment: number }
  | { does: "answer"; text: string; fails?: boolean }
  | { does: "note" | "draft"; text: string }
  | { does: "take"; category?: CategoryName; priority?: "low" | "high" | "urgent"; tags?: string[] }
  | {
      does: "open"
      subject: string
      description: string
      channel: "phone" | "web"
      priority?: "low" | "high" | "urgent"
    }
  | { does: "close" }
  | { does: "notify" }
  | { does: "reopen" | "wait" | "resolve" }
)

export type Scene = {
  door: DoorName
  customer: Customer
  group?: string
  agent: StaffName
  acts: SceneAct[]
}
