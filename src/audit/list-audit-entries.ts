// Who changed what of the desk itself, with what it was and became. Newest first.
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { readListPage } from "#kernel/http/read-list-page.ts"
import { type AuditEntry, auditKinds, type AuditQuery, type AuditSubject } from "./api-contract.ts"

export async function auditPage(from: Kysely<DB>, query: AuditQuery): Promise<Page<AuditEntry>> {
  const found = matching(from, query)
    .leftJoin("users as u", "u.id", "adminActs.actorId")
    .select([
      "adminActs.id",
      "adminActs.at",
      "adminActs.kind",
      "actorKind",
      "actorId",
      "subjectId",
      "subjectName",
      "fields",
    ])
    .select("u.name as actorName")
  return readListPage(from, found, { query, by: { at: "timestamptz", id: "text" }, order: "desc", shape: toEntry })
}

function matching(from: Kysely<DB>, { actor, kind, ...range }: AuditQuery) {
  const kinds = kind === undefined ? null : kind in auditKinds ? [...auditKinds[kind as AuditSubject]] : [kind]
  const since = range.from === undefined ? null : instantOf("from", range.from, "start")
  const until = range.to === undefined ? null : instantOf("to", range.to, "end")
  return from
    .selectFrom("adminActs")
    .$if(actor !== undefined, (q) => q.where("adminActs.actorId", "=", actor!))
    .$if(kinds !== null, (q) => q.where("adminActs.kind", "in", kinds!))
    .$if(since !== null, (q) => q.where("adminActs.at", ">=", since!))
    .$if(until !== null, (q) => q.where("adminActs.at", "<=", until!))
}

/** A date alone includes its day. */
function instantOf(path: string, text: string, end: "start" | "end"): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isInstant = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)
  const at = new Date(isDay ? `${text}T${end === "start" ? "00:00:00.000" : "23:59:59.999"}Z` : text)
  if ((isDay || isInstant) && !Number.isNaN(at.getTime())) return at
  throw invalidField(path, "must be a day such as 2026-11-22 or an instant such as 2026-11-22T09:30:00Z")
}

type Row = {
  id: string
  at: Date
  kind: string
  actorKind: string
  actorId: string | null
  actorName: string | null
  subjectId: string
  subjectName: string
  fields: unknown
}

function toEntry(row: Row): AuditEntry {
  const { id, at, kind } = row
  const changes = row.fields as AuditEntry["changes"]
  return {
    id,
    at,
    kind,
    action: actionOf(kind, changes),
    actor: { type: row.actorKind, id: row.actorId, name: row.actorName },
    subject: { type: kind.split(".")[0]!, id: row.subjectId, name: row.subjectName },
    changes,
  }
}

function actionOf(kind: string, changes: AuditEntry["changes"]): AuditEntry["action"] {
  if (kind.endsWith(".created") || kind === "tickets.exported" || kind.startsWith("import.")) return "created"
  if (kind === "key.revoked") return "deleted"
  const name = changes.find(({ field }) => field === "name" || field === "key")
  if (!name) return "changed"
  return name.old === null ? "created" : name.new === null ? "deleted" : "changed"
}
