// Files of many messages at once.
import { rowsSql } from "#kernel/database/rows-sql.ts"
import { type Statement, statement } from "#kernel/db.ts"
import { newId } from "#kernel/ids.ts"
import type { PromisedFile } from "./attachment-store.ts"

/** Notes the files of inbound messages, which are still to be fetched. */
export function promiseFilesStatement(files: readonly (PromisedFile & { messageId: string })[], now: Date): Statement {
  const rows = files.map((file) => ({ ...file, id: newId("att") }))
  return statement(
    "promise-files",
    (p) => `insert into attachments (id, message_id, file_name, mime_type, sha256, provider_id, state, created_at)
      select r.id, r."messageId", r."fileName", r."mimeType", r.sha256, r."providerId", 'pending', ${p(now)}::timestamptz
      from json_to_recordset(${p(JSON.stringify(rows))}::json) as r (id text, "messageId" text, "fileName" text, "mimeType" text,
        sha256 text, "providerId" text)`,
  )
}

/** Gives each of these messages the same file, as if it had been uploaded for each. Its bytes are kept once. */
export function copyFileStatement(fileId: string, messageIds: readonly string[], now: Date): Statement {
  const rows = messageIds.map((messageId) => ({ id: newId("att"), messageId }))
  return statement(
    "copy-file",
    (p) => `insert into attachments (id, message_id, uploaded_by, file_name, mime_type, size, sha256, state, created_at)
      select r.id, r."messageId", f.uploaded_by, f.file_name, f.mime_type, f.size, f.sha256, f.state, ${p(now)}::timestamptz
      from attachments f, json_to_recordset(${p(JSON.stringify(rows))}::json) as r (id text, "messageId" text)
      where f.id = ${p(fileId)}`,
  )
}

export type ImportedFile = {
  id: string
  messageId: string
  fileName: string
  mimeType: string
  ordinal: number
  createdAt: Date
} & (
  | { state: "stored"; sha256: string; size: number }
  | { state: "failed"; reason: string; sha256: string | null; size: number | null }
)

/** Notes files of messages of another system, whose bytes are kept already or never will be. */
export function insertImportedFilesStatement(files: readonly ImportedFile[]): Statement {
  const columns = `id text, "messageId" text, "fileName" text, "mimeType" text, size bigint, sha256 text, state text, reason text,
    ordinal smallint, "createdAt" timestamptz`
  return statement(
    "",
    (
      p,
    ) => `insert into attachments (id, message_id, file_name, mime_type, size, sha256, state, reason, ordinal, created_at)
      select r.id, r."messageId", r."fileName", r."mimeType", r.size, r.sha256, r.state, r.reason, r.ordinal, r."createdAt"
      from ${rowsSql(p, files, columns)}`,
  )
}
