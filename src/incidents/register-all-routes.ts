import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { boardRoutes } from "./board/board-routes.ts"
import { wordRoutes } from "./carriers/status-mapping-routes.ts"
import { importRoutes } from "./carriers/tracking-event-routes.ts"
import { actionRoutes } from "./reporting/executor-action-routes.ts"

export function incidentRoutes(app: Server, kit: Kit) {
  actionRoutes(app, kit)
  importRoutes(app, kit)
  boardRoutes(app, kit)
  wordRoutes(app, kit)
}
