// One batch becomes rows: people, tickets, messages, files, what happened to the tickets, and what became of each record. All in one
// transaction, so that an import that is killed has made each batch wholly or not at all.
import { sql } from "kysely"
import { type ImportedEvent, recordImportedStatement } from "#event-log/index.ts"
import { insertImportedFilesStatement } from "#files/index.ts"
import { runIn } from "#kernel/db.ts"
import { insertImportedMessagesStatement, type PlacedMessage } from "#messages/index.ts"
import { indexValues, insertImportedTickets, saveCategories, saveNumberAliases } from "#tickets/index.ts"
import { saveRecords } from "../imported-record-store.ts"
import { createUsers, type Staff, staffOf } from "./create-users.ts"
import type { DeskNames } from "./teams-categories-and-connections-by-name.ts"
import { findOrCreateContacts } from "./find-or-create-contacts.ts"
import type { ContactDetails } from "./group-people.ts"
import { filesOfMessages, type SettledFiles } from "./store-message-files.ts"
import { type ImportStep, remember } from "./batch-import-context.ts"
import { keepNumbers } from "./keep-or-replace-ticket-numbers.ts"
import { keepOneActivePerThread } from "./keep-one-active-per-thread.ts"
import { LostRace } from "./lost-race-and-retryable-errors.ts"
import { addTotals, saveTotalsOfKnownTickets } from "./add-message-totals-to-tickets.ts"
import { type MessageTicket, planMessage } from "./plan-messages.ts"
import { type PlannedTicket, planTicket } from "./plan-tickets.ts"

export async function writeBatch(step: ImportStep, desk: DeskNames, settled: SettledFiles): Promise<void> {
  const { act, batch, known, isDryRun } = step
  const staff = await createUsers(step)
  const contacts = await findOrCreateContacts(step, contactsIn(step, staff))
  const ground = { step, desk, staff, contacts }
  const messagesOf = Map.groupBy(batch.messages, ({ ticketKey }) => ticketKey)
  const planned = distinct(batch.tickets, known).map((row) => planTicket(ground, row, messagesOf.get(row.key) ?? []))
  const aliases = await keepNumbers(step, planned)
  await keepOneActivePerThread(step, planned)
  const places = await placesOf(step, planned)
  const messages = planMessages(ground, places)
  addTotals(planned, messages)
  for (const { row, ticket } of planned) remember(step, row.key, ticket.id)
  step.counts.tickets += planned.length
  step.counts.messages += messages.length
  const files = filesOfMessages(step, settled)
  step.counts.attachments += files.length
  if (!isDryRun) {
    await insertTickets(step, planned, aliases)
    if (messages.length > 0) await runIn(act.tx, insertImportedMessagesStatement(messages))
    await saveTotalsOfKnownTickets(act, planned, messages)
    if (files.length > 0) await runIn(act.tx, insertImportedFilesStatement(files))
  }
  await saveRecords(act, step.made, isDryRun)
}

/** What is known already is there; of two with one key the first counts. */
function distinct<T extends { key: string }>(rows: readonly T[], known: ReadonlyMap<string, unknown>): T[] {
  const byKey = new Map(rows.toReversed().map((row) => [row.key, row]))
  return rows.filter((row) => !known.has(row.key) && byKey.get(row.key) === row)
}

/** Everybody outside whom the batch names. */
function contactsIn(step: ImportStep, staff: Staff): ContactDetails[] {
  const { batch, known } = step
  const requesters = batch.tickets.flatMap(({ contact, line, key, createdAt }) =>
    contact && !known.has(key) ? [Object.assign(contact, { line, field: "contact", createdAt })] : [],
  )
  const authors = batch.messages.flatMap(({ author, line, field, key, createdAt }) => {
    const isNamed = author && (author.id !== undefined || author.email !== undefined || author.phone !== undefined)
    if (!isNamed || known.has(key) || author.kind === "user" || author.kind === "system") return []
    if (author.kind === undefined && staffOf(step, staff, author)) return []
    return [Object.assign(author, { line, field: [field, "author"].filter(Boolean).join("."), createdAt })]
  })
  return [...batch.contacts.map((contact) => Object.assign(contact, { field: "" })), ...requesters, ...authors]
}

async function placesOf(
  { act, batch, known }: ImportStep,
  planned: PlannedTicket[],
): Promise<Map<string, MessageTicket>> {
  const places = new Map<string, MessageTicket>(planned.map(({ row, ticket }) => [row.key, ticket]))
  const before = batch.messages.flatMap(({ ticketKey }) =>
    places.has(ticketKey) ? [] : (known.get(ticketKey)?.id ?? []),
  )
  // What was merged since is where it was merged into.
  const { rows } = await sql<MessageTicket & { was: string }>`
    with recursive led (was, id, next) as (
      select id, id, merged_into from tickets where id = any(${[...new Set(before)]}::text[])
      union select led.was, t.id, t.merged_into from led join tickets t on t.id = led.next)
    select led.was, t.id, t.contact_id, t.requester_identity_id, t.created_at from led join tickets t on t.id = led.id
    where led.next is null`.execute(act.tx)
  const byId = new Map(rows.map(({ was, ...place }) => [was, place]))
  for (const { ticketKey } of batch.messages) {
    const place = byId.get(known.get(ticketKey)?.id ?? "")
    if (place && !places.has(ticketKey)) places.set(ticketKey, place)
  }
  return places
}

type Ground = Parameters<typeof planTicket>[0]

/** In the order of their tickets, and of each ticket in the order of their times. */
function planMessages(ground: Ground, places: ReadonlyMap<string, MessageTicket>): PlacedMessage[] {
  const { step } = ground
  const { batch, known, isDryRun } = step
  const withFiles = new Set(batch.files.map(({ messageKey }) => messageKey))
  const planned = distinct(batch.messages, known).flatMap((row) => {
    const place = places.get(row.ticketKey)
    // A dry run has not made the tickets of earlier batches.
    const isMade = isDryRun && known.has(row.ticketKey)
    if (!place && !isMade) {
      step.say({
        line: row.line,
        field: "ticket",
        expected: "the id of a ticket, in front of it or imported before",
        isRefused: true,
      })
      return []
    }
    const ticket = place ?? { id: "", contactId: null, requesterIdentityId: null, createdAt: step.act.now }
    const message = planMessage(ground, row, ticket, withFiles.has(row.key))
    if (message) remember(step, row.key, message.id, { parentKey: row.ticketKey })
    return message ?? []
  })
  const byTicket = Map.groupBy(planned, ({ ticketId }) => ticketId)
  return [...byTicket.values()].flatMap((all) => all.toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime()))
}

type Aliases = Parameters<typeof saveNumberAliases>[1]

async function insertTickets(step: ImportStep, planned: PlannedTicket[], aliases: Aliases): Promise<void> {
  if (planned.length === 0) return
  const { act, source } = step
  const made = await insertImportedTickets(
    act,
    planned.map(({ ticket }) => ticket),
  )
  if (made.size < planned.length) throw new LostRace("conversation")
  if (aliases.length > 0) await saveNumberAliases(act, aliases)
  const details = planned.map(({ ticket: { id }, categoryIds, fieldValues: values }) => ({ id, categoryIds, values }))
  const withCategories = details.filter(({ categoryIds }) => categoryIds.length > 0)
  await saveCategories(act, withCategories)
  const withValues = details.filter(({ values }) => Object.keys(values).length > 0)
  await indexValues(act, withValues)
  await runIn(act.tx, recordImportedStatement(planned.flatMap((one) => factsOf(one, source))))
}

/** That it was created, and how it ended: what the timeline tells of it. */
function factsOf({ ticket }: PlannedTicket, source: string): ImportedEvent[] {
  const { id: ticketId, status, createdAt, resolvedAt, closedAt } = ticket
  const isOver = status === "resolved" || status === "closed"
  const facts: ImportedEvent[] = [
    { kind: "ticket.created", ticketId, at: createdAt, data: { source, status: isOver ? "open" : status } },
  ]
  const isResolved = ticket.kind === "support" && resolvedAt !== null && (closedAt === null || resolvedAt < closedAt)
  const steps = [
    ...(isResolved ? [{ from: "open", to: "resolved", at: resolvedAt }] : []),
    ...(closedAt ? [{ from: isResolved ? "resolved" : "open", to: "closed", at: closedAt }] : []),
  ]
  for (const { from, to, at } of steps) {
    facts.push({ kind: "ticket.status_changed", ticketId, at, data: { from, to } })
    facts.push({ kind: to === "closed" ? "ticket.closed" : "ticket.resolved", ticketId, at, data: {} })
  }
  return facts
}
