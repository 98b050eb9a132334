import type { Identity } from "#contacts/index.ts"
import type { Kit } from "#kernel/kit.ts"
import type { DemoMailServer } from "./mail/mail-server.ts"
import type { Scene, SceneAct } from "./scenes/scene.ts"
import type { Workspace } from "./seeded-workspace-type.ts"

/** What was made on the way, by id. */
export type CreatedIds = { tickets: Set<string>; messages: Set<string> }

export type SceneContext = {
  kit: Omit<Kit, "now">
  shop: Workspace
  made: CreatedIds
  visitors: Map<string, Identity>
  named: Map<string, string>
  mail: DemoMailServer
}

/** `mailIds`: of the mails that the customer wrote. */
export type SceneProgress = { scene: Scene; ticketId: string | null; lastHeard: string | null; mailIds: string[] }
export type ActOfKind<D extends SceneAct["does"]> = SceneAct & { does: D }
