// Movements of shipments: one, a list, or Dropi's export as a file.
import multipart from "@fastify/multipart"
import type { FastifyRequest } from "fastify"
import { buffer } from "node:stream/consumers"
import { z } from "zod"
import { inTransaction } from "#kernel/act.ts"
import { runRequest } from "#kernel/http/idempotent-request.ts"
import type { Kit } from "#kernel/kit.ts"
import { onlyFile } from "#kernel/http/single-file-form.ts"
import { parseInWorker } from "#kernel/parsing/parse-in-worker.ts"
import type { Server } from "#kernel/http/server.ts"
import { can } from "#people/index.ts"
import { importAnswer, type ImportOutcome } from "./api-contract.ts"
import type { DropiItem } from "./parse-dropi-export.ts"
import { movementBody, recordedMovement, recordMovements } from "./record-tracking-events.ts"
import { parseList } from "../parse-object-or-list.ts"
import { redactRefusal } from "../admin-tickets-api/redact-refusals.ts"

const longest = 60 * 1024 * 1024
const batch = 1_000
const shownErrors = 500

export function importRoutes(app: Server, kit: Kit) {
  app.register(async (scope) => {
    await scope.register(multipart, { limits: { files: 1, fields: 0, fileSize: longest } })
    for (const type of [
      "text/csv",
      "text/plain",
      "application/octet-stream",
      "application/vnd.ms-excel",
      spreadsheet,
    ]) {
      scope.addContentTypeParser(type, { parseAs: "buffer", bodyLimit: longest }, (_request, body, done) =>
        done(null, body),
      )
    }
    scope.post(
      "/api/v1/incidents/movements",
      {
        config: { access: can.reportIncidents },
        errorHandler: redactRefusal,
        schema: {
          tags: ["Incidents"],
          summary: "Import movements of shipments: one, a list of up to 1,000, or Dropi's export (CSV or XLSX)",
          response: { 200: z.union([recordedMovement, z.object({ items: z.array(recordedMovement) }), importAnswer]) },
        },
      },
      async (request, reply) => {
        const file = await fileIn(request)
        if (file) return importFile(kit, request, file)
        const { items, isList } = await parseList(movementBody, request.body)
        return runRequest(kit, request, reply, 200, async (act) => {
          const outcomes = await recordMovements(act, kit.secrets, items)
          return isList ? { items: outcomes } : outcomes[0]!
        })
      },
    )
  })
}

const parser = new URL("./parse-dropi-export.ts", import.meta.url)
const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

async function fileIn(request: FastifyRequest): Promise<Buffer | null> {
  if (Buffer.isBuffer(request.body)) return request.body
  if (!request.isMultipart()) return null
  const part = await onlyFile(request, "Files of up to 60 MB")
  return part ? buffer(part.file) : Buffer.alloc(0)
}

/** Line by line: what is wrong is said and holds nothing back. The same file again changes nothing. */
async function importFile(kit: Kit, request: FastifyRequest, file: Buffer): Promise<ImportOutcome> {
  const items = await parseInWorker<DropiItem>(parser, file)
  const rows = items.flatMap((item) => ("row" in item ? [item.row] : []))
  const errors = items.flatMap((item) => ("error" in item ? [item.error] : []))
  const lines = items.reduce((sum, item) => sum + ("lines" in item ? item.lines : 0), 0)
  const unknown = new Set<string>()
  let stored = 0
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch).map(({ key, ...row }) => ({
      ...row,
      eventId: `dropi_${kit.secrets.hash(key).slice(0, 40)}`,
    }))
    const outcomes = await inTransaction(kit.db, { actor: request.actor, now: kit.now() }, (act) =>
      recordMovements(act, kit.secrets, some),
    )
    stored += outcomes.filter((one) => one.stored).length
    outcomes.forEach(
      ({ canonical }, i) => canonical === "UNKNOWN" && unknown.size < 100 && unknown.add(some[i]!.estatus),
    )
  }
  return {
    lines,
    stored,
    known: rows.length - stored,
    errors: errors.slice(0, shownErrors),
    errorCount: errors.length,
    unknownWords: [...unknown],
  }
}
