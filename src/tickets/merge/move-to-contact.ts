// When two contacts become one, their tickets and threads follow.
import { sql } from "kysely"
import type { Act } from "#kernel/act.ts"
import { activeOf, releaseThread } from "./merge-store.ts"

/**
 * Gives all tickets of one contact to another; threads on a connection follow. Nothing that people see as a change. Returns
 * the ids of the merged tickets that let go of their thread for it.
 */
export async function moveTicketsToContact(act: Act, fromContact: string, toContact: string): Promise<string[]> {
  await sql`
    update ticket_merges m set thread_key = t.connection_id || ':' || ${toContact}::text
    from tickets t where t.id = m.source_id and t.contact_id = ${fromContact}
      and m.thread_key = t.connection_id || ':' || ${fromContact}::text`.execute(act.tx)
  const released = await letGoOfOneOfTwo(act, fromContact, toContact)
  await sql`
    update tickets set contact_id = ${toContact}, origin_contact_id = coalesce(origin_contact_id, contact_id),
      thread_key = case thread_key when connection_id || ':' || ${fromContact}::text then connection_id || ':' || ${toContact}::text
        else thread_key end
    where contact_id = ${fromContact}`.execute(act.tx)
  return released
}

type Back = { from: string; to: string; origins: string[] }

/** Gives the tickets that were of `origins` before back from one contact to another; threads on a connection follow. */
export async function returnTicketsToContact(act: Act, { from, to, origins }: Back) {
  await sql`
    update ticket_merges m set thread_key = t.connection_id || ':' || ${to}::text
    from tickets t where t.id = m.source_id and t.contact_id = ${from} and t.origin_contact_id = any(${origins}::text[])
      and m.thread_key = t.connection_id || ':' || ${from}::text`.execute(act.tx)
  await sql`
    update tickets set contact_id = ${to}, origin_contact_id = nullif(origin_contact_id, ${to}),
      thread_key = case thread_key when connection_id || ':' || ${from}::text then connection_id || ':' || ${to}::text
        else thread_key end
    where contact_id = ${from} and origin_contact_id = any(${origins}::text[])`.execute(act.tx)
}

/** Those of these tickets that are merged still lead their contact's thread again, unless something else has it by now. */
export async function restoreThreads(act: Act, ticketIds: string[]): Promise<void> {
  await sql`
    update tickets t set thread_key = t.connection_id || ':' || t.contact_id
    where t.id = any(${ticketIds}::text[]) and t.merged_into is not null and t.thread_key is null
      and not exists (select from tickets o where o.thread_key = t.connection_id || ':' || t.contact_id
        and (o.active or o.merged_into is not null))`.execute(act.tx)
}

/** Two threads become one: it leads where the active ticket is, else where the one that stays has led. Returns who let go. */
async function letGoOfOneOfTwo(act: Act, fromContact: string, toContact: string): Promise<string[]> {
  const other = sql`case m.contact_id when ${fromContact} then ${toContact} else ${fromContact} end`
  const pairs = sql`from tickets o
    where m.merged_into is not null and m.contact_id = any(${[fromContact, toContact]}) and o.connection_id = m.connection_id
      and m.thread_key = m.connection_id || ':' || m.contact_id and o.thread_key = m.connection_id || ':' || ${other}`
  const freed = await sql<{ id: string }>`
    update tickets m set thread_key = null ${pairs} and o.active returning m.id`.execute(act.tx)
  const released = freed.rows.map(({ id }) => id)
  const { rows } = await sql<{ connectionId: string }>`select m.connection_id from tickets m, lateral (select ${pairs}
    and o.merged_into is not null and m.contact_id = ${fromContact}) led`.execute(act.tx)
  for (const { connectionId } of rows) {
    const [from, to] = [`${connectionId}:${fromContact}`, `${connectionId}:${toContact}`]
    const isBetter = (await worthOf(act, connectionId, from)) > (await worthOf(act, connectionId, to))
    released.push(...(await releaseThread(act, isBetter ? to : from)))
  }
  return released
}

/** Of a thread that was led away: to nothing active, to another connection's conversation, to a ticket that may be its own. */
async function worthOf(act: Act, connectionId: string, threadKey: string): Promise<number> {
  const found = await activeOf(act.tx, threadKey)
  if (!found) return 0
  return found.kind === "conversation" && found.connectionId !== connectionId ? 1 : 2
}
