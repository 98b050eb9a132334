import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { requireCronSecret } from "#kernel/http/cron-secret.ts"
import { checkStuckShipments } from "./check-stuck-shipments.ts"

export function cronRoutes(app: Server, kit: Kit, cronSecret: string | undefined) {
  app.post(
    "/api/cron/stuck-shipments",
    { config: { access: "public" }, schema: { hide: true }, onRequest: requireCronSecret(cronSecret) },
    () => checkStuckShipments(kit),
  )
}
