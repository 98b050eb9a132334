import type { Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import { cronOnly } from "./cron-secret.ts"
import { checkStuckShipments } from "./stuck-check.ts"

export function cronRoutes(app: Server, kit: Kit, cronSecret: string | undefined) {
  app.post(
    "/api/cron/stuck-shipments",
    { config: { access: "public" }, schema: { hide: true }, onRequest: cronOnly(cronSecret) },
    () => checkStuckShipments(kit),
  )
}
