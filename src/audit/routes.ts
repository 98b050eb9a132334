import type { Kit } from "#kernel/kit.ts"
import type { Server } from "#kernel/http/server.ts"
import { pageSchema } from "#kernel/http/pagination.ts"
import { can } from "#people/index.ts"
import { auditPage } from "./list-audit-entries.ts"
import { auditEntry, auditQuery } from "./api-contract.ts"

export function auditRoutes(app: Server, kit: Kit) {
  app.get(
    "/api/v1/audit",
    {
      config: { access: can.seeAudit },
      schema: {
        tags: ["Audit"],
        summary: "Who changed what of the desk, newest first",
        querystring: auditQuery,
        response: { 200: pageSchema(auditEntry) },
      },
    },
    (request) => auditPage(kit.db.kysely, request.query),
  )
}
