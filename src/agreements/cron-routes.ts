import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { requireCronSecret } from "#kernel/http/cron-secret.ts"
import { agreementRuns, runNow } from "./jobs.ts"

const patienceMs = 60_000

export function agreementCronRoutes(app: Server, kit: Kit, cronSecret: string | undefined) {
  for (const name of agreementRuns)
    app.post(
      `/api/cron/${name}`,
      { config: { access: "public" }, schema: { hide: true }, onRequest: requireCronSecret(cronSecret) },
      (request) => {
        const report = (error: unknown) => request.log.error({ err: error }, name)
        return runNow(kit, name, { urgency: { always: true }, report, patienceMs })
      },
    )
}
