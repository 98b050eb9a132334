import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { agreementBoardRoutes } from "./agreement-routes.ts"
import { failedHookRoutes } from "./hooks/failed-hook-routes.ts"
import { linkedSystemRoutes } from "./systems/linked-system-routes.ts"
import { testLinkedSystemRoute } from "./systems/test-linked-system-route.ts"

export function agreementRoutes(app: Server, kit: Kit) {
  linkedSystemRoutes(app, kit)
  testLinkedSystemRoute(app, kit)
  failedHookRoutes(app, kit)
  agreementBoardRoutes(app, kit)
}
