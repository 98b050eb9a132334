// "Test connection": asks a linked system now, with what is set for it.
import { z } from "zod"
import { runRequestWithoutTransaction } from "#kernel/http/idempotent-request.ts"
import { noFields } from "#kernel/http/input-fields.ts"
import type { Server } from "#kernel/http/server.ts"
import type { Kit } from "#kernel/kit.ts"
import { can } from "#people/index.ts"
import { systemTest } from "../api-contract.ts"
import { existingSystem } from "./linked-system-store.ts"
import { openAccount } from "./open-account.ts"
import { recordAnswer } from "./record-system-answer.ts"
import { systemRegistry } from "./system-registry.ts"

export function testLinkedSystemRoute(app: Server, kit: Kit) {
  const config = { access: can.manageLinkedSystems }
  const schema = {
    tags: ["Linked systems"],
    summary: "Ask one of them whether it answers",
    params: z.object({ id: z.string().max(100) }),
    body: noFields,
    response: { 200: systemTest },
  }
  app.post("/api/v1/links/systems/:id/test", { config, schema }, (request, reply) =>
    runRequestWithoutTransaction(kit, request, reply, 200, async () => {
      const row = await existingSystem(kit.db.kysely, request.params.id)
      const { test, work } = systemRegistry[row.kind]
      const answer = await test(kit, openAccount(kit, row))
      if (work) await recordAnswer(kit, row.id, answer)
      return answer.ok ? { ok: true, ...answer.value } : { ok: false, detail: answer.detail }
    }),
  )
}
