import type { Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import { pageAnswer } from "#kernel/pages.ts"
import { can } from "#people/index.ts"
import { auditPage } from "./audit.ts"
import { auditEntry, auditQuery } from "./contract.ts"

export function auditRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/audit",
    {
      config: { access: can.seeAudit },
      schema: {
        tags: ["Audit"],
        summary: "Who changed what of the desk, newest first",
        querystring: auditQuery,
        response: { 200: pageAnswer(auditEntry) },
      },
    },
    (request) => auditPage(kit.db.kysely, request.query),
  )
}
