// What incidents promise, looked at from outside: nobody is in them, and what is counted is what there is.
import { sql } from "kysely"
import type { Invariant } from "#kernel/invariant.ts"
import type { Database } from "#kernel/db.ts"
import { containsPersonalData } from "#privacy/index.ts"
import { guiaOfKeySql } from "#tickets/index.ts"

type Place = { table: string; where: string; guia: string }

const ofIncident = "ticket_id in (select id from tickets where kind = 'incident')"
const guiaOfTicket = `(select ${guiaOfKeySql("thread_key")} from tickets where id = ticket_id)`
/** Every table about incidents, and how a row says which tracking number it may name. */
const places: Place[] = [
  { table: "incidents", where: "true", guia: "guia" },
  { table: "incident_refs", where: "true", guia: guiaOfKeySql("thread_key") },
  { table: "incident_entries", where: "true", guia: "''" },
  { table: "shipments", where: "true", guia: "guia" },
  { table: "tracking_events", where: "true", guia: "guia" },
  { table: "shipment_actions", where: "true", guia: "guia" },
  { table: "carrier_statuses", where: "true", guia: "''" },
  { table: "unknown_carrier_statuses", where: "true", guia: "''" },
  { table: "tickets", where: "kind = 'incident'", guia: guiaOfKeySql("thread_key") },
  { table: "messages", where: ofIncident, guia: "''" },
  { table: "drafts", where: ofIncident, guia: "''" },
  { table: "events", where: ofIncident, guia: "''" },
  { table: "ticket_field_history", where: ofIncident, guia: "''" },
  { table: "ticket_field_values", where: ofIncident, guia: "''" },
  { table: "ticket_texts", where: ofIncident, guia: guiaOfTicket },
  { table: "macro_runs", where: ofIncident, guia: "''" },
  { table: "admin_acts", where: "kind = 'carrier_word.changed'", guia: "''" },
]
const page = 5_000
const enough = 100

export const incidentInvariants: Invariant[] = [
  {
    name: "incidents_hold_nobody",
    why: "No telephone number, address or document of a person is in any text of an incident, its shipment or what happened to them.",
    remedy: "Take the text out of the row that is named, and tell us how it came there.",
    find: async ({ db }) => {
      const found: string[] = []
      for (const place of places) {
        if (found.length < enough) found.push(...(await personsIn(db, place)))
      }
      return found
    },
  },
  {
    name: "incident_counts",
    why: "What the statistics of incidents count is what there is.",
    remedy: "counts again.",
    find: `with counted as (select status, trigger, priority, sum(n) as n, sum(resolved) as resolved from incident_counts group by 1, 2, 3),
      there as (select i.status, i.trigger, i.priority, count(*) as n, count(t.resolved_at) as resolved
        from incidents i join tickets t on t.id = i.ticket_id group by 1, 2, 3)
      select concat_ws(' ', status, trigger, priority) from counted full join there using (status, trigger, priority)
      where coalesce(counted.n, 0) <> coalesce(there.n, 0) or coalesce(counted.resolved, 0) <> coalesce(there.resolved, 0)`,
    repair: async (act) => {
      await sql`lock table incident_counts in share row exclusive mode`.execute(act.tx)
      await act.tx.deleteFrom("incidentCounts").execute()
      await sql`
        insert into incident_counts (status, trigger, priority, n, resolved, resolved_ms)
        select i.status, i.trigger, i.priority, count(*), count(t.resolved_at),
          coalesce(sum(extract(epoch from t.resolved_at - t.created_at) * 1000), 0)::bigint
        from incidents i join tickets t on t.id = i.ticket_id group by 1, 2, 3`.execute(act.tx)
    },
  },
  {
    name: "incident_copies",
    why: "An incident's status and priority are those of its ticket, and every incident ticket has its incident.",
    remedy: "Change the status or priority of the incident, back and forth.",
    find: `select t.id from tickets t left join incidents i on i.ticket_id = t.id
      where t.kind = 'incident' and (t.status, t.priority) is distinct from (i.status, i.priority)`,
  },
]

/** Rows with something personal in one of their texts: the table and the column, never what is in it. */
async function personsIn(db: Database, { table, where, guia }: Place): Promise<string[]> {
  const columns = await textColumns(db, table)
  // A table that is gone is for others to miss.
  if (columns.length === 0) return []
  const found = new Set<string>()
  const texts = columns.map((column) => `${column}::text`).join(", ")
  const query = `select ctid::text as at, ${guia} as guia, array[${texts}] as texts from ${table} where ${where}`
  for await (const row of rowsByPage<TextsOfRow>(db, query)) {
    row.texts.forEach((text, i) => {
      if (text && containsPersonalData(text, { guias: [row.guia] })) found.add(`${table}.${columns[i]} at ${row.at}`)
    })
    if (found.size >= enough) break
  }
  return [...found]
}

type TextsOfRow = { at: string; guia: string; texts: (string | null)[] }

/** One look at the table, however many rows it has, and not all of them in memory. */
async function* rowsByPage<Row extends object>({ pool }: Database, query: string): AsyncGenerator<Row> {
  const client = await pool.connect()
  try {
    await client.query("begin read only")
    await client.query(`declare pages no scroll cursor for ${query}`)
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${page} from pages`)
      yield* rows
      if (rows.length < page) return
    }
  } finally {
    await client.query("rollback").catch(() => {})
    client.release()
  }
}

// Tracking numbers and hashes are what they are: constraints of the database keep their shape.
const notTexts = new Set(["guia", "thread_key", "phone_hash", "content_html"])

async function textColumns(db: Database, table: string): Promise<string[]> {
  const rows = await sql<{ name: string }>`
    select column_name as name from information_schema.columns where table_schema = 'public' and table_name = ${table}
      and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'tsvector') order by ordinal_position`.execute(db.kysely)
  return rows.rows.map(({ name }) => name).filter((name) => !notTexts.has(name))
}
