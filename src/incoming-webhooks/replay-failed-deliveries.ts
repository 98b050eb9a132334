// Elements of webhooks and mails that could not be processed: people replay them, or make a ticket of one.
import type { Readable } from "node:stream"
import { system } from "#kernel/act.ts"
import type { Kit } from "#kernel/kit.ts"
import { invalidField, isContention, isMachineFault, notFound, Refusal } from "#kernel/errors.ts"
import { cursorOf, readCursor } from "#kernel/http/pagination.ts"
import { type ChannelAccount, channels, type MailAddress } from "#channels/index.ts"
import { receivingAccounts } from "#connections/index.ts"
import { receiveMessage } from "#intake/index.ts"
import type { ReplayedCause, TicketOfDelivery } from "./api-contract.ts"
import {
  failedDeliveryById,
  type FailedDeliveryRow,
  saveFailedAgain,
  saveProcessed,
  ticketMadeOf,
  waitingOfCause,
} from "./failed-delivery-store.ts"
import { reasonOf } from "./parse-delivery.ts"
import { inboundOf, loadRequest, receiveElement } from "./process-webhook-element.ts"

/** Tries one of them again. The answer shows it with `replayedAt`, or with the reason why it failed again. */
export async function replayFailedDelivery(kit: Kit, id: string): Promise<FailedDeliveryRow> {
  const row = await failedDeliveryById(kit, id)
  return row.replayedAt === null ? replay(kit, row, await receivingAccounts(kit)) : row
}

async function replay(kit: Kit, row: FailedDeliveryRow, accounts: ChannelAccount[]): Promise<FailedDeliveryRow> {
  const reason = await tried(kit, row, accounts)
  return reason === null ? saveProcessed(kit, row.id) : saveFailedAgain(kit, row, reason)
}

// One may take five seconds to be read, and who asked waits for the answer.
const atOnce = 50
const longestMs = 10_000

type OfOneCause = { connectionId: string; cause: string; cursor?: string | undefined }

/** Tries those of one cause again, the oldest first, as many as some seconds allow; each is tried once from one cursor to the next. */
export async function replayCause(kit: Kit, { connectionId, cause, cursor }: OfOneCause): Promise<ReplayedCause> {
  const until = performance.now() + longestMs
  let after = String(readCursor(cursor, 1)?.[0] ?? "")
  const found = await waitingOfCause(kit, { connectionId, cause, after, limit: atOnce + 1 })
  const accounts = await receivingAccounts(kit)
  const counts = { replayed: 0, failed: 0 }
  for (const row of found.slice(0, atOnce)) {
    if (performance.now() > until) return { ...counts, nextCursor: cursorOf([after]) }
    const { replayedAt } = await replay(kit, row, accounts)
    counts[replayedAt === null ? "failed" : "replayed"]++
    after = row.id
  }
  return { ...counts, nextCursor: found.length > atOnce ? cursorOf([after]) : null }
}

/** Null: it was received. Throws what says nothing of it: it stays as it is. */
async function tried(kit: Kit, row: FailedDeliveryRow, accounts: ChannelAccount[]): Promise<string | null> {
  try {
    const account = accounts.find((one) => one.id === row.connectionId)
    if (!account || !isElement(row.element)) return row.reason
    const request = await loadRequest(kit, row.element, account, accounts, { now: kit.now() })
    await receiveElement(kit, request)
    return null
  } catch (error) {
    if (isOfNow(error)) throw error
    return reasonOf(error)
  }
}

const isElement = (element: unknown): element is object => typeof element === "object" && element !== null

const isOfNow = (error: unknown) =>
  isMachineFault(error) || isContention(error) || (error instanceof Refusal && error.kind === "unavailable")

/**
 * A ticket with what can be read of it, in the sender's name; `from` says who that is where it cannot be read. The message has the key that
 * it would have had, so that there is one ticket however often somebody asks. Refuses (400) what is no mail, and one without a sender.
 */
export async function makeTicketOfDelivery(kit: Kit, id: string, from: MailAddress | null): Promise<TicketOfDelivery> {
  const row = await failedDeliveryById(kit, id)
  if (row.replayedAt !== null) return { ...row, ticket: await ticketMadeOf(kit, id) }
  const account = (await receivingAccounts(kit)).find((one) => one.id === row.connectionId)
  if (!account) throw notFound("connection")
  const { salvage } = channels[account.kind]!.receive!
  if (!salvage || !isElement(row.element)) throw invalidField("id", "is no mail")
  const message = await salvage(row.element, account, { storage: kit.storage, sender: from })
  if (!message) throw invalidField("from", "cannot be read from the mail: say whose it is", "required")
  const { ticket } = await receiveMessage(kit, system, inboundOf(account.id, message, { now: kit.now() }))
  const after = await saveProcessed(kit, id, ticket?.id ?? null)
  return { ...after, ticket: ticket && { id: ticket.id, number: ticket.number } }
}

/** What came, as it came: what was posted, or the file that was fetched. */
export async function rawFailedDelivery(
  { db, storage }: Kit,
  id: string,
): Promise<{ name: string; content: string | Readable }> {
  const row = await db.kysely
    .selectFrom("failedDeliveries as f")
    .innerJoin("webhookDeliveries as d", "d.id", "f.deliveryId")
    .select(["f.element", "d.fileSha256"])
    .where("f.id", "=", id)
    .executeTakeFirst()
  if (!row) throw notFound("failed delivery")
  if (row.fileSha256 !== null) return { name: `${id}.eml`, content: storage.read(row.fileSha256) }
  return { name: `${id}.json`, content: typeof row.element === "string" ? row.element : JSON.stringify(row.element) }
}
