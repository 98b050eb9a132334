import type { Principal } from "#people/index.ts"
import type { ConnectionName } from "./scenes/scene.ts"
import type { StaffName } from "./staff-and-customers.ts"
import type { CategoryName } from "./stories/story.ts"

export type Workspace = {
  people: Record<StaffName, Principal>
  carla: Principal
  teams: { support: string; sales: string; shipping: string }
  connections: Record<ConnectionName, string>
  categories: Record<CategoryName, string>
  shipments: string[]
  calendarId: string
}
