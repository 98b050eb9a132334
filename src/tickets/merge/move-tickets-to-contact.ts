// When two contacts become one, their tickets and threads follow.
import type { Act } from "#kernel/act.ts"
import { type Param, runIn, statement } from "#kernel/db.ts"
import { conversationKey, conversationKeySql } from "../threads/thread-key.ts"
import { activeOf, releaseThread, rootSql } from "./ticket-holding-thread.ts"

/**
 * Gives all tickets of one contact to another; threads on a connection follow. Nothing that people see as a change. Returns
 * the ids of the merged tickets that released their thread for it.
 */
export async function moveTicketsToContact(act: Act, fromContact: string, toContact: string): Promise<string[]> {
  await run(
    act,
    (p) => `update ticket_merges m set thread_key = ${keyOf(p, toContact)} from tickets t
    where t.id = m.source_id and t.contact_id = ${p(fromContact)} and m.thread_key = ${keyOf(p, fromContact)}`,
  )
  const released = await letGoOfOneOfTwo(act, fromContact, toContact)
  await run(act, (p) => {
    const [from, to] = [keyOf(p, fromContact), keyOf(p, toContact)]
    return `update tickets t set contact_id = ${p(toContact)}, origin_contact_id = coalesce(origin_contact_id, contact_id),
        thread_key = case thread_key when ${from} then ${to} else thread_key end
      where contact_id = ${p(fromContact)}`
  })
  return released
}

type Back = { from: string; to: string; origins: string[] }

/** Gives the tickets that were of `origins` before back from one contact to another; threads on a connection follow. */
export async function returnTicketsToContact(act: Act, { from: fromContact, to: toContact, origins }: Back) {
  await run(
    act,
    (p) => `update ticket_merges m set thread_key = ${keyOf(p, toContact)} from tickets t
    where t.id = m.source_id and t.contact_id = ${p(fromContact)} and t.origin_contact_id = any(${p(origins)}::text[])
      and m.thread_key = ${keyOf(p, fromContact)}`,
  )
  await run(act, (p) => {
    const [from, to] = [keyOf(p, fromContact), keyOf(p, toContact)]
    return `update tickets t set contact_id = ${p(toContact)}, origin_contact_id = nullif(origin_contact_id, ${p(toContact)}),
        thread_key = case thread_key when ${from} then ${to} else thread_key end
      where contact_id = ${p(fromContact)} and origin_contact_id = any(${p(origins)}::text[])`
  })
}

/** The key that a ticket `t` has when its conversation is with this contact. */
const keyOf = (p: Param, contactId: string) => conversationKeySql("t.connection_id", `${p(contactId)}::text`)

const run = <Row>(act: Act, write: (p: Param) => string) => runIn<Row>(act.tx, statement("", write))

/** Those of these tickets that are merged still lead their contact's thread again, unless something else has it by now. */
export async function restoreThreads(act: Act, ticketIds: string[]): Promise<void> {
  const key = conversationKeySql("t.connection_id", "t.contact_id")
  await run(
    act,
    (p) => `update tickets t set thread_key = ${key}
    where t.id = any(${p(ticketIds)}::text[]) and t.merged_into is not null and t.thread_key is null
      and not exists (select from tickets o where o.thread_key = ${key} and (o.active or o.merged_into is not null))`,
  )
}

/**
 * Two threads become one: it leads where the active ticket is, else where the one that stays has led, and never to its own
 * ticket. Returns the ids that released it.
 */
async function letGoOfOneOfTwo(act: Act, fromContact: string, toContact: string): Promise<string[]> {
  const pairs = (p: Param) => {
    const other = `case m.contact_id when ${p(fromContact)} then ${p(toContact)} else ${p(fromContact)} end`
    return `from tickets o
      where m.merged_into is not null and m.contact_id = any(${p([fromContact, toContact])}) and o.connection_id = m.connection_id
        and m.thread_key = ${conversationKeySql("m.connection_id", "m.contact_id")}
        and o.thread_key = ${conversationKeySql("m.connection_id", other)}`
  }
  const freed = await run<{ id: string }>(
    act,
    (p) =>
      `update tickets m set thread_key = null ${pairs(p)} and (o.active or o.id = ${rootSql("m.merged_into")}) returning m.id`,
  )
  const released = freed.map(({ id }) => id)
  const led = await run<{ connectionId: string }>(
    act,
    (p) => `select m.connection_id as "connectionId" from tickets m, lateral (select ${pairs(p)}
      and o.merged_into is not null and m.contact_id = ${p(fromContact)}) led`,
  )
  for (const { connectionId } of led) {
    const [from, to] = [conversationKey(connectionId, fromContact), conversationKey(connectionId, toContact)]
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
