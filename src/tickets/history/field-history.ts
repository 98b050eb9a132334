// What fields were and became. Texts of people have no place in the log, so they stand beside it, found by `changeId`.
import { type Kysely, sql } from "kysely"
import type { DB } from "#db/types.ts"
import type { Act } from "#kernel/act.ts"
import { newId } from "#kernel/ids.ts"

export type FieldChange = { field: string; old: unknown; new: unknown }

/** Keeps what one act changed; the id is for its event. */
export async function saveFieldChanges(act: Act, ticketId: string, changes: FieldChange[]): Promise<string> {
  const changeId = newId("chg")
  const rows = changes.map(({ field, ...was }) => ({
    changeId,
    ticketId,
    field,
    old: JSON.stringify(was.old ?? null),
    new: JSON.stringify(was.new ?? null),
  }))
  await act.tx.insertInto("ticketFieldHistory").values(rows).execute()
  return changeId
}

/** What changed of one field of each of many tickets; an id for each event, in their order. */
export async function saveFieldChangesOfMany(
  act: Act,
  changes: (FieldChange & { ticketId: string })[],
): Promise<string[]> {
  const rows = changes.map((change) => ({ ...change, changeId: newId("chg") }))
  await sql`
    insert into ticket_field_history (change_id, ticket_id, field, old, new)
    select "changeId", "ticketId", field, coalesce(old, 'null'), coalesce(new, 'null')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("changeId" text, "ticketId" text, field text, old jsonb, new jsonb)`.execute(
    act.tx,
  )
  return rows.map(({ changeId }) => changeId)
}

/** Why somebody overrode a rule: stored with the event whose data this becomes. */
export async function overrideData(act: Act, ticketId: string, reason: string | null | undefined) {
  if (reason === null || reason === undefined) return {}
  return {
    override: true,
    changeId: await saveFieldChanges(act, ticketId, [{ field: overrideField, old: null, new: reason }]),
  }
}

const overrideField = "override"

type EventWithData = { data: Record<string, unknown> }

/** Each event with the fields that it changed, and without the id that leads to them. */
export async function withFieldChanges<T extends EventWithData>(from: Kysely<DB>, ticketId: string, events: T[]) {
  const ids = events.flatMap(({ data }) => (typeof data["changeId"] === "string" ? [data["changeId"]] : []))
  if (ids.length === 0) return events.map((event) => ({ ...event, fields: [] as FieldChange[] }))
  const rows = await from
    .selectFrom("ticketFieldHistory")
    .select(["changeId", "field", "old", "new"])
    .where("ticketId", "=", ticketId)
    .where("changeId", "in", ids)
    .orderBy("field")
    .execute()
  const byChange = Map.groupBy(rows, ({ changeId }) => changeId)
  return events.map((event) => {
    const { changeId, ...data } = event.data
    const kept = typeof changeId === "string" ? (byChange.get(changeId) ?? []) : []
    const fields = kept.map(({ changeId: _id, ...change }): FieldChange => change)
    const reason = fields.find(({ field }) => field === overrideField)?.new
    return reason === undefined
      ? { ...event, data, fields }
      : { ...event, data: { ...data, override: reason }, fields: [] }
  })
}
