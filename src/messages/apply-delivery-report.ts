// What a channel says became of our messages. Reports come in any order, more than once, and before we know the channel's
// own id of the message: each is kept, and the state of the message is the furthest that any of them says.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import type { DeliveryState } from "./api-contract.ts"
import { setDelivery } from "./message-store.ts"

export type Report = {
  connectionId: string
  externalId: string
  status: "sent" | "delivered" | "read" | "failed"
  /** Whose report it is, in a group; else empty. */
  participant: string
  at: Date
  code: number | null
  /** Names the text `failure.<reason>`. */
  reason: string | null
  /** The kind of failure, for those who count. */
  failureClass: string | null
  /** Our own id of the message, when the channel gives back what we gave along. */
  messageId: string | null
}

/** Keeps one report and moves the message. `waiting`: we do not know the message yet; `storeExternalId` comes back to it. */
export async function applyReport(act: Act, report: Report): Promise<"applied" | "waiting" | "repeated" | "outdated"> {
  await lockExternalId(act, report.connectionId, report.externalId)
  const { failureClass: _, messageId: callback, ...row } = report
  const kept = await act.tx
    .insertInto("deliveryReports")
    .values(row)
    .onConflict((c) => c.columns(["connectionId", "externalId", "status", "participant"]).doNothing())
    .returning("status")
    .execute()
  if (kept.length === 0) return "repeated"
  const message = await reportedMessage(act, report.connectionId, report.externalId, callback)
  if (!message) return "waiting"
  if (await isOfEarlierTry(act, message, report)) return "outdated"
  // The try to send was never answered, or its answer is still on the way: the report brings the id first.
  if (message.externalId !== report.externalId) await setExternalId(act, message.id, report.externalId)
  await markApplied(act, report.connectionId, report.externalId, message.id)
  await apply(act, message.id, report)
  return "applied"
}

/** Stores the id that the channel gave a message of ours, and applies what was reported of it before. */
export async function storeExternalId(act: Act, messageId: string, externalId: string): Promise<void> {
  const message = await act.tx
    .selectFrom("messages")
    .select(["connectionId", "externalId"])
    .where("id", "=", messageId)
    .executeTakeFirst()
  if (!message || message.connectionId === null) return
  await lockExternalId(act, message.connectionId, externalId)
  if (message.externalId !== externalId) await setExternalId(act, messageId, externalId)
  const waiting = await act.tx
    .selectFrom("deliveryReports")
    .select(["status", "code", "reason", "at"])
    .where("connectionId", "=", message.connectionId)
    .where("externalId", "=", externalId)
    .where("messageId", "is", null)
    .orderBy("at")
    .execute()
  if (waiting.length === 0) return
  await markApplied(act, message.connectionId, externalId, messageId)
  for (const report of waiting) await apply(act, messageId, { ...report, failureClass: null })
}

type AppliedReport = Pick<Report, "status" | "code" | "reason" | "failureClass">

async function apply(act: Act, messageId: string, { status, code, reason, failureClass }: AppliedReport) {
  const to: DeliveryState = status
  const fault = status === "failed" ? { code, class: failureClass } : {}
  await setDelivery(act, messageId, to, status === "failed" ? (reason ?? "refused") : null, fault)
}

// Storing the id and taking a report of it must see each other, or a report could wait for ever.
async function lockExternalId(act: Act, connectionId: string, externalId: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`report ${connectionId} ${externalId}`}, 0))`.execute(
    act.tx,
  )
}

async function reportedMessage(act: Act, connectionId: string, externalId: string, callback: string | null) {
  const ours = act.tx
    .selectFrom("messages")
    .select(["id", "externalId"])
    .where("connectionId", "=", connectionId)
    .where("direction", "=", "out")
  const known = await ours.where("externalId", "=", externalId).executeTakeFirst()
  if (known || callback === null) return known
  return ours.where("id", "=", callback).executeTakeFirst()
}

/** The message was sent again since, and has another id outside: what becomes of the first try no longer matters. */
async function isOfEarlierTry(act: Act, message: { id: string; externalId: string | null }, { externalId }: Report) {
  if (message.externalId === externalId) return false
  const before = await act.tx
    .selectFrom("deliveryReports")
    .select("status")
    .where("messageId", "=", message.id)
    .where("externalId", "=", externalId)
    .executeTakeFirst()
  return before !== undefined
}

async function setExternalId(act: Act, id: string, externalId: string) {
  await act.tx.updateTable("messages").set({ externalId }).where("id", "=", id).execute()
}

async function markApplied(act: Act, connectionId: string, externalId: string, messageId: string) {
  await act.tx
    .updateTable("deliveryReports")
    .set({ messageId })
    .where("connectionId", "=", connectionId)
    .where("externalId", "=", externalId)
    .execute()
}
