// The files of messages: what is known of them. Their bytes are in the storage, by their hash.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { Database } from "#kernel/db.ts"
import { notFound } from "#kernel/errors.ts"
import { newId } from "#kernel/ids.ts"
import type { StoredFile } from "#kernel/storage/file-storage.ts"
import { record } from "#event-log/index.ts"

/** A file that the channel keeps for us until we fetch it; `sha256` when the channel said what it must be. */
export type PromisedFile = { providerId: string; mimeType: string; fileName: string; sha256: string | null }

/** Who uploaded a file: an account, or a visitor without one, of a chat or by a mailed link. Nobody else may send it. */
export type Uploader = { userId: string } | { visitorId: string }
type Upload = { fileName: string; mimeType: string } & Uploader

const isOf = (by: Uploader) =>
  "userId" in by ? sql<boolean>`uploaded_by = ${by.userId}` : sql<boolean>`visitor_id = ${by.visitorId}`

/** A file that somebody uploaded, to be given along with a message later. Returns its id. */
export async function insertUpload(act: Act, upload: Upload, stored: StoredFile): Promise<string> {
  const { fileName, mimeType } = upload
  const by = "userId" in upload ? { uploadedBy: upload.userId } : { visitorId: upload.visitorId }
  const row = { fileName, mimeType, ...stored, ...fresh(act), ...by, state: "stored" as const }
  await act.tx.insertInto("attachments").values(row).execute()
  return row.id
}

const fresh = (act: Act) => ({ id: newId("att"), createdAt: act.now })

/** Gives uploads to a message, in this order. What the person did not upload, or has sent already, is not there for them (404). */
export async function attachUploads(act: Act, messageId: string, by: Uploader, ids: readonly string[]) {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return
  const given = await act.tx
    .updateTable("attachments")
    .set({ messageId, ordinal: sql<number>`array_position(${wanted}::text[], id)` })
    .where("id", "in", wanted)
    .where(isOf(by))
    .where("messageId", "is", null)
    .returning("id")
    .execute()
  if (given.length < wanted.length) throw notFound("file")
}

/** Keeps an upload for more than one message. False when there is none that was not sent yet. */
export async function lockUpload(act: Act, id: string): Promise<boolean> {
  const { numUpdatedRows } = await act.tx
    .updateTable("attachments")
    .set({ isHeld: true })
    .where("id", "=", id)
    .where("messageId", "is", null)
    .where("state", "=", "stored")
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** How much they have uploaded and not sent yet (bytes). */
export async function unsentBytesOf(db: Database, by: Uploader): Promise<number> {
  const { bytes } = await db.kysely
    .selectFrom("attachments")
    .select((e) => e.fn.coalesce(e.fn.sum<number>("size"), e.lit(0)).as("bytes"))
    .where("messageId", "is", null)
    .where(isOf(by))
    .executeTakeFirstOrThrow()
  return bytes
}

/** Deletes these uploads of theirs, but what was sent or is held. Their contents. */
export async function deleteUploads(act: Act, by: Uploader, ids: readonly string[]): Promise<string[]> {
  const rows = await act.tx
    .deleteFrom("attachments")
    .where("id", "in", ids)
    .where(isOf(by))
    .where("messageId", "is", null)
    .where("isHeld", "=", false)
    .returning("sha256")
    .execute()
  return rows.flatMap(({ sha256 }) => sha256 ?? [])
}

/**
 * Those of these contents that something names: a file, a mail as it came, a mail that waits to be read. All are kept in one storage by
 * their hash, and the same bytes once.
 */
export async function contentsInUse(from: Database["kysely"], contents: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ sha256: string }>`
    select c as sha256 from unnest(${contents}::text[]) c
    where exists (select from attachments where sha256 = c) or exists (select from message_mails where raw_sha256 = c)
      or exists (select from webhook_deliveries where file_sha256 = c)`.execute(from)
  return new Set(rows.map(({ sha256 }) => sha256))
}

const unsent = (act: Act, before: Date) =>
  act.tx
    .selectFrom("attachments")
    .select("id")
    .where("messageId", "is", null)
    .where("isHeld", "=", false)
    .where("createdAt", "<", before)

/** The contents of uploads that nobody sent. */
export async function unsentContents(act: Act, before: Date): Promise<string[]> {
  const rows = await act.tx
    .selectFrom("attachments")
    .select("sha256")
    .distinct()
    .where("id", "in", unsent(act, before))
    .execute()
  return rows.flatMap(({ sha256 }) => sha256 ?? [])
}

/** Deletes the unsent uploads of this content. */
export async function deleteUnsentUploads(act: Act, sha256: string, before: Date): Promise<void> {
  await act.tx.deleteFrom("attachments").where("sha256", "=", sha256).where("id", "in", unsent(act, before)).execute()
}

/** The stored files of these messages, in their order. */
export async function filesOf(db: Database, messageIds: readonly string[]) {
  const rows = await db.kysely
    .selectFrom("attachments")
    .select(["id", "messageId", "fileName", "mimeType", "size", "sha256"])
    .where("messageId", "=", sql<string>`any(${messageIds})`)
    .where("state", "=", "stored")
    .orderBy("ordinal")
    .orderBy("createdAt")
    .orderBy("id")
    .execute()
  const files = rows.map((row) => ({ ...row, size: row.size ?? 0, sha256: row.sha256 ?? "" }))
  return Map.groupBy(files, ({ messageId }) => messageId)
}

/** SQL for the files of a message, in the order in which they were given. */
export const attachmentsOf = (message: string) => `(
  select coalesce(json_agg(json_build_object('id', f.id, 'name', f.file_name, 'mimeType', f.mime_type, 'size', f.size,
    'state', f.state, 'reason', f.reason) order by f.ordinal, f.created_at, f.id), '[]'::json)
  from attachments f where f.message_id = ${message})`

/** Files of a message that the channel still keeps, and where: what fetching them needs. */
export async function promisedFiles(db: Database, messageId: string) {
  return db.kysely
    .selectFrom("attachments as f")
    .innerJoin("messages as g", "g.id", "f.messageId")
    .select(["f.id", "f.providerId", "f.sha256", "f.mimeType", "f.fileName", "g.connectionId", "g.ticketId"])
    .where("f.messageId", "=", messageId)
    .where("f.state", "=", "pending")
    .execute()
}

type FileOutcome =
  | { state: "stored"; sha256: string; size: number }
  | { state: "failed"; reason: string; sha256?: string; size?: number }

/** The file came, or never will. */
export async function saveFileOutcome(act: Act, id: string, settled: FileOutcome): Promise<void> {
  const row = await act.tx
    .updateTable("attachments")
    .set(settled)
    .where("id", "=", id)
    .where("state", "=", "pending")
    .returning("messageId")
    .executeTakeFirst()
  if (!row?.messageId) return
  const { ticketId } = await act.tx
    .selectFrom("messages")
    .select("ticketId")
    .where("id", "=", row.messageId)
    .executeTakeFirstOrThrow()
  await record(act, "message.files_changed", { ticketId, subjectId: row.messageId, data: { state: settled.state } })
}

/** One file with what decides who may see it; undefined when there is none. */
export async function fileById(db: Database, id: string) {
  return db.kysely
    .selectFrom("attachments as f")
    .leftJoin("messages as g", "g.id", "f.messageId")
    .select([
      "f.id",
      "f.fileName",
      "f.mimeType",
      "f.size",
      "f.sha256",
      "f.state",
      "f.uploadedBy",
      "f.messageId",
      "g.ticketId",
      "g.originTicketId",
      "g.isInternal",
    ])
    .where("f.id", "=", id)
    .executeTakeFirst()
}

export type StoredAttachment = NonNullable<Awaited<ReturnType<typeof fileById>>>
