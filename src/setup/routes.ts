import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { can, principalOf } from "#people/index.ts"
import { setupSteps } from "./api-contract.ts"
import { readSetupSteps } from "./read-setup-steps.ts"

export function setupStepRoutes(app: Server, kit: Kit & { publicUrl: string }) {
  app.get(
    "/api/v1/setup-steps",
    {
      config: { access: can.manageSettings },
      schema: {
        tags: ["Settings"],
        summary: "What of a new desk's first steps is done",
        response: { 200: setupSteps },
      },
    },
    (request) => readSetupSteps(kit.db, principalOf(request).id, kit.publicUrl),
  )
}
