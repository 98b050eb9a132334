import { wakeAfter } from "#kernel/database/wake.ts"
import { connectionsTopic } from "./wake-topic.ts"
import { sql } from "kysely"
import type { Kysely } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { duplicateEntry, notFound, uniqueViolation } from "#kernel/errors.ts"
import type { Page } from "#kernel/http/pagination.ts"
import { byId, readListPage } from "#kernel/http/read-list-page.ts"
import type { CircuitBreaker } from "./circuit-breaker.ts"
import { channels, kindsOf } from "#channels/index.ts"
import type { Connection, ConnectionKind } from "./api-contract.ts"

export type ConnectionRow = {
  id: string
  kind: ConnectionKind
  name: string
  enabled: boolean
  reopenWindowMinutes: number
  reopenFrom: "activity" | "closure"
  teamIds: string[]
  calendarId: string | null
  greeting: string | null
  outOfHoursText: string | null
  farewellText: string | null
  acknowledgements: string[] | null
  survey: boolean
  surveyTemplate: { name: string; language: string } | null
  settings: Record<string, unknown>
  secrets: string | null
  health: {
    breaker?: CircuitBreaker
    checks?: unknown
    handshakeAt?: string
    verification?: { at: string; learnt: Record<string, unknown>; failure: string | null }
  }
  /** It shared its account at the channel with another connection before that was refused. */
  sharesNumber: boolean
  deletedAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** Deleted ones too: their tickets still name them. */
export async function connectionById(from: Kysely<DB>, id: string): Promise<ConnectionRow | undefined> {
  const row = await from.selectFrom("connections").selectAll().where("id", "=", id).executeTakeFirst()
  return row as ConnectionRow | undefined
}

export async function existingConnection(from: Kysely<DB>, id: string): Promise<ConnectionRow> {
  const row = await connectionById(from, id)
  if (!row || row.deletedAt) throw notFound("connection")
  return row
}

/**
 * As it is now, until the transaction ends: of two changes the second begins with what the first has left. Not `for update`:
 * messages that come in meanwhile name the connection (the foreign key, `for key share`) and must not wait.
 */
export async function lockConnection(act: Act, id: string): Promise<ConnectionRow> {
  const row = await lockedConnection(act, id)
  if (!row) throw notFound("connection")
  return row
}

/** The same; undefined when it was deleted. */
export async function lockedConnection(act: Act, id: string): Promise<ConnectionRow | undefined> {
  await act.tx.selectFrom("connections").select("id").where("id", "=", id).forNoKeyUpdate().executeTakeFirst()
  const row = await connectionById(act.tx, id)
  return row?.deletedAt === null ? row : undefined
}

/** What is unique, by the field that holds it. */
function taken(error: unknown): unknown {
  const index = uniqueViolation(error)
  if (index === "connections_name") return duplicateEntry("name")
  const unique = Object.values(channels).find(({ uniqueSetting }) => uniqueSetting && uniqueSetting.index === index)
  return unique ? duplicateEntry(`settings.${unique.uniqueSetting!.name}`) : error
}

export async function insertConnection(
  act: Act,
  row: Omit<ConnectionRow, "createdAt" | "updatedAt" | "deletedAt" | "health" | "sharesNumber">,
) {
  const settings = JSON.stringify(row.settings)
  try {
    await act.tx
      .insertInto("connections")
      .values({ ...row, settings, createdAt: act.now, updatedAt: act.now })
      .execute()
    wakeAfter(act.tx, connectionsTopic)
  } catch (error) {
    throw taken(error)
  }
}

export async function saveConnection(
  act: Act,
  row: Pick<ConnectionRow, "id" | "kind">,
  fields: Partial<ConnectionRow>,
) {
  const { settings, health: _, sharesNumber: _shared, ...rest } = fields
  const unique = channels[row.kind]?.uniqueSetting?.name ?? ""
  // One of several that shared a number goes on doing so until it gets another one.
  const sharesNumber = sql<boolean>`shares_number and settings ->> ${unique}::text = ${settings?.[unique] ?? null}`
  const changed = settings && { settings: JSON.stringify(settings), sharesNumber }
  const set = { ...rest, ...changed, updatedAt: act.now }
  try {
    await act.tx.updateTable("connections").set(set).where("id", "=", row.id).execute()
    wakeAfter(act.tx, connectionsTopic)
  } catch (error) {
    throw taken(error)
  }
}

export async function listConnections(
  from: Kysely<DB>,
  query: { limit: number; cursor?: string | undefined },
  shape: (row: ConnectionRow) => Connection,
): Promise<Page<Connection>> {
  const inUse = from.selectFrom("connections").selectAll().where("deletedAt", "is", null)
  return readListPage(from, inUse.$castTo<ConnectionRow>(), { query, by: byId, shape })
}

/** The connections that keep this calendar from being removed. */
export async function connectionsWithCalendar(act: Act, calendarId: string) {
  const rows = await act.tx
    .selectFrom("connections")
    .select(["id", "name"])
    .where("calendarId", "=", calendarId)
    .orderBy(sql`lower(name)`)
    .execute()
  return rows.map((row) => ({ kind: "connection", ...row }))
}

/** Those that a fault of their whole account has stopped, and that may come back without anybody's help. */
export async function stoppedConnections(from: Kysely<DB>): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from connections where enabled and deleted_at is null and health ? 'breaker'
      and not health -> 'breaker' ? 'needsPerson' order by id`.execute(from)
  return rows.rows.map((row) => row.id)
}

/** Connections in use whose templates can be fetched. */
export async function connectionsWithTemplates(from: Kysely<DB>): Promise<string[]> {
  const { rows } = await sql<Pick<ConnectionRow, "id" | "kind" | "settings">>`
    select id, kind, settings from connections where kind = any(${kindsOf(({ templates }) => templates)})
      and enabled and deleted_at is null and not health ? 'breaker' order by id`.execute(from)
  return rows
    .filter(({ kind, settings }) => settings[channels[kind]!.templates!.setting] !== undefined)
    .map(({ id }) => id)
}
