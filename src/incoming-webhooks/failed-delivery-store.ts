// Elements that could not be processed, as people find them.
import { sql } from "kysely"
import type { ElementSummary } from "#channels/index.ts"
import type { Kit } from "#kernel/kit.ts"
import { notFound } from "#kernel/errors.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import type { FailedDelivery, FailedDeliveryCauses } from "./api-contract.ts"

const columns = [
  "id",
  "connectionId",
  "element",
  "cause",
  "reason",
  "summary",
  "tries",
  "createdAt",
  "replayedAt",
] as const

export type FailedDeliveryRow = Omit<FailedDelivery, "summary"> & { summary: ElementSummary | null; element: unknown }

type Filter = { connectionId?: string | undefined; cause?: string | undefined }

const waiting = (kit: Pick<Kit, "db">, { connectionId, cause }: Filter) =>
  kit.db.kysely
    .selectFrom("failedDeliveries")
    .where("replayedAt", "is", null)
    .$if(connectionId !== undefined, (q) => q.where("connectionId", "=", connectionId!))
    .$if(cause !== undefined, (q) => q.where("cause", "=", cause!))

type Query = Filter & { limit: number; cursor?: string | undefined }

/** Newest first, for ids rise with time; what was processed since is no longer listed. */
export async function listFailedDeliveries(kit: Kit, { connectionId, cause, ...query }: Query) {
  const found = waiting(kit, { connectionId, cause }).select(columns).$castTo<FailedDeliveryRow>()
  const page = await readListPage(kit.db.kysely, found, { query, by: byId, order: "desc", shape: (row) => row })
  return { ...page, causes: await countCauses(kit, connectionId) }
}

const mostCauses = 50

async function countCauses(kit: Kit, connectionId: string | undefined): Promise<FailedDeliveryCauses> {
  return waiting(kit, { connectionId })
    .select(["cause", sql<number>`count(*)`.as("count")])
    .groupBy("cause")
    .orderBy(sql`count(*)`, "desc")
    .orderBy("cause")
    .limit(mostCauses)
    .execute()
}

/** The oldest first, those behind `after`. */
export async function waitingOfCause(
  kit: Kit,
  { after, limit, ...filter }: Required<Filter> & { after: string; limit: number },
): Promise<FailedDeliveryRow[]> {
  const found = waiting(kit, filter).select(columns).$castTo<FailedDeliveryRow>()
  return found.where("id", ">", after).orderBy("id").limit(limit).execute()
}

export async function failedDeliveryById(kit: Pick<Kit, "db">, id: string): Promise<FailedDeliveryRow> {
  const row = await kit.db.kysely.selectFrom("failedDeliveries").select(columns).where("id", "=", id).executeTakeFirst()
  if (!row) throw notFound("failed delivery")
  return row as FailedDeliveryRow
}

// What was said is where it belongs now, and kept nowhere else.
const emptied = { element: JSON.stringify(null), summary: null }

/** It was processed; `ticketId`: by a ticket that somebody made of it. */
export const saveProcessed = (kit: Kit, id: string, ticketId: string | null = null): Promise<FailedDeliveryRow> =>
  save(kit, id, { replayedAt: kit.now(), ticketId, ...emptied })

export const saveFailedAgain = (kit: Kit, { id, tries }: FailedDeliveryRow, reason: string) =>
  save(kit, id, { reason, tries: tries + 1 })

type Change =
  | { replayedAt: Date; ticketId: string | null; element: string; summary: null }
  | { reason: string; tries: number }

async function save(kit: Kit, id: string, set: Change): Promise<FailedDeliveryRow> {
  // Somebody else may have processed it meanwhile: that stays.
  await kit.db.kysely
    .updateTable("failedDeliveries")
    .set(set)
    .where("id", "=", id)
    .where("replayedAt", "is", null)
    .execute()
  return failedDeliveryById(kit, id)
}

/** The ticket that somebody has made of it. */
export async function ticketMadeOf(kit: Kit, id: string): Promise<{ id: string; number: string } | null> {
  const row = await kit.db.kysely
    .selectFrom("failedDeliveries as f")
    .innerJoin("tickets as t", "t.id", "f.ticketId")
    .select(["t.id", "t.number"])
    .where("f.id", "=", id)
    .executeTakeFirst()
  return row ?? null
}
