// Mails of different people and threads in one transaction and a handful of statements. Each is placed as it would be alone; what asks for
// more than statements is left for one at a time.
import { system } from "#kernel/act.ts"
import type { RunStatement } from "#kernel/database/pipeline.ts"
import { lockContactsStatement, ownedIdentitiesStatement, provedByMessageStatement } from "#contacts/index.ts"
import { type InboundMessage, provesAddress } from "../inbound-message.ts"
import type { IntakeSettings } from "../intake-settings.ts"
import { lostRaceError } from "../lost-race-error.ts"
import { planBatch, type PlannedMessage } from "../plan-batch-from-snapshot.ts"
import { distinctBy, look, readThreads, type Work } from "../read-snapshot.ts"
import { isPlain, needsVerbs } from "../receive-batch.ts"
import { insertNewContacts, opens, writeBatch } from "../write-batch.ts"
import { chooseMailThreads, joinMailThreads, ownPlace, type PlacedMail, saveMails } from "./place-in-mail-thread.ts"
import { findMailFloods } from "./refuse-mail-flood.ts"
import { namesTickets } from "./suggest-tickets.ts"
import { findTicketsOfPast } from "./wake-ticket-of-past.ts"

type PlannedMail = PlacedMail & { planned: PlannedMessage["planned"] }

/**
 * Receives what it can of mails of one connection; gives those that are settled, repeats of what came before included. Throws where
 * something of them changed meanwhile: the transaction is to be undone then, and each mail received alone.
 */
export async function receiveMailBatch(
  run: RunStatement,
  inbounds: readonly InboundMessage[],
  { now, rules }: { now: Date; rules: IntakeSettings },
): Promise<Set<InboundMessage>> {
  const work = { run, now, by: system }
  const looked = await look(work, inbounds, (inbound) => needsVerbs(inbound, rules, now))
  const settled = new Set(looked.flatMap((one) => (one.is === "known" ? one.inbound : [])))
  const incoming = looked.flatMap((one) => (one.is === "incoming" ? one : []))
  const floods = await findMailFloods(work, incoming)
  const chosen = await chooseMailThreads(
    work,
    incoming.filter((one) => !floods.has(one)),
  )
  const simple = await withoutVerbs(work, withoutCommon(chosen), rules)
  for (const { inbound } of await write(work, simple, rules)) settled.add(inbound)
  return settled
}

/** Of those that have a writer, an id or a thread in common the first: what it changes the next one has to find. */
function withoutCommon(mails: readonly PlacedMail[]): PlacedMail[] {
  const seen = new Set<string>()
  return mails.filter(({ sender, threadKey, inbound }) => {
    const { mailId, thread } = inbound.mail!
    const ids = [...thread.ids.map(({ id }) => id), ...(mailId === null ? [] : [mailId])]
    const names = [sender.contactId, threadKey, ...ids.map((id) => `id ${id}`)]
    const isFirst = !names.some((name) => seen.has(name))
    for (const name of names) seen.add(name)
    return isFirst
  })
}

/** Looked at before anything is locked or written: what is left has written nothing. */
async function withoutVerbs(work: Work, mails: PlacedMail[], rules: IntakeSettings): Promise<PlannedMail[]> {
  const { simple, joined } = await plan(work, mails, rules, { isLocking: false })
  const ofPast = await findTicketsOfPast(work.run, joined)
  return simple.filter(({ planned }) => !ofPast.has(planned.ticketId))
}

/** Those that land on a ticket without a step of its lifecycle, a link or a suggestion. */
async function plan(work: Work, mails: PlacedMail[], rules: IntakeSettings, { isLocking }: { isLocking: boolean }) {
  const threads = await readThreads(work, mails, { isLocking })
  const simple = planBatch(work, mails, threads, rules).flatMap((one, n) => {
    const { outcome, threadKey } = one
    if (outcome === "later" || !("decision" in outcome) || threads.moved.has(threadKey)) return []
    const { place, joining } = mails[n]!
    const planned = { ...one, place, joining, planned: outcome }
    const isSuggesting = opens(planned) && namesTickets(one.inbound.mail!, place)
    return isPlain(planned, threads) && !isSuggesting ? [planned] : []
  })
  const ofNow = simple.filter(({ inbound, planned }) => !inbound.mail!.isSilent && planned.decision.action === "joined")
  return { simple, joined: ofNow.map(({ planned }) => planned.ticketId) }
}

/** All of them as they were planned, in the order of locks that one has alone: its ids, its people, its ticket. */
async function write(work: Work, mails: PlannedMail[], rules: IntakeSettings): Promise<PlannedMail[]> {
  if (mails.length === 0) return []
  await joinMailThreads(work, mails)
  const { there, links } = await insertNewContacts(work, mails)
  refuseFewer(there, mails, "contact")
  await holdPeople(work, mails)
  const { simple } = await plan(work, mails, rules, { isLocking: true })
  refuseFewer(
    simple.filter((one, n) => isSamePlan(one, mails[n])),
    mails,
    "thread",
  )
  refuseFewer(await writeBatch(work, simple, links), mails, "thread")
  const stored = simple.map(({ message, inbound, place, ...one }) => {
    return { messageId: message.id, mail: inbound.mail!, place: ownPlace(place, opens({ ...one, message, inbound })) }
  })
  await saveMails(work.run, stored)
  return mails
}

function isSamePlan({ planned }: PlannedMail, before: PlannedMail | undefined): boolean {
  const isSame = planned.decision.action === before?.planned.decision.action
  return isSame && (planned.decision.action === "created" || planned.ticketId === before.planned.ticketId)
}

function refuseFewer(left: readonly unknown[], all: readonly unknown[], about: Parameters<typeof lostRaceError>[0]) {
  if (left.length < all.length) throw lostRaceError(about)
}

/** Until the end nobody else merges or removes them, and their addresses are theirs. */
async function holdPeople({ run }: Work, mails: readonly PlacedMail[]): Promise<void> {
  const known = mails.filter(({ thread }) => !thread.newcomer)
  if (known.length === 0) return
  const contactIds = distinctBy(known, ({ thread }) => thread.contactId)
  const [held, owned] = await Promise.all([
    run(lockContactsStatement(contactIds, { isWaiting: true })),
    run<{ id: string }>(ownedIdentitiesStatement(known.map(({ thread }) => thread))),
  ])
  refuseFewer(held, contactIds, "contact")
  refuseFewer(owned, known, "contact")
  const proved = known.flatMap(({ inbound, thread }) => (provesAddress(inbound) ? [thread.identityId] : []))
  if (proved.length > 0) await run(provedByMessageStatement(proved))
}
