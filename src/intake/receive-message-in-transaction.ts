// One message in the transaction of its caller, with all that it may ask for besides: a batch of one.
import type { Act } from "#kernel/act.ts"
import { runIn, type Statement } from "#kernel/db.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import {
  lockContactsStatement,
  ownedIdentitiesStatement,
  provedByMessageStatement,
  saveMarketingPreference,
  storedIdentityIds,
} from "#contacts/index.ts"
import type { DecisionReason } from "#event-log/index.ts"
import { messageById } from "#messages/index.ts"
import { userFacts } from "#people/index.ts"
import { releaseThread, unknownCategories, viewIn } from "#tickets/index.ts"
import { joinIdentities } from "./identities/join-and-change-identities.ts"
import { type InboundMessage, provesAddress, type ReceivedMessage } from "./inbound-message.ts"
import { type IntakeSettings, readIntakeSettings } from "./intake-settings.ts"
import { lostRaceError } from "./lost-race-error.ts"
import { refuseMailFlood } from "./mail-threads/refuse-mail-flood.ts"
import { type MailPlace, ownPlace, placeInMailThread, saveMails } from "./mail-threads/place-in-mail-thread.ts"
import { suggestTickets } from "./mail-threads/suggest-tickets.ts"
import { findTicketsOfPast, wakeTicketOfPast } from "./mail-threads/wake-ticket-of-past.ts"
import { saveOptionalFields, teamsAfterGiving } from "./save-files-categories-and-agent.ts"
import { planBatch, type PlannedIncoming } from "./plan-batch-from-snapshot.ts"
import {
  type Incoming,
  look,
  type MessageLookup,
  readThreads,
  ticketOfMessageStatement,
  type Work,
} from "./read-snapshot.ts"
import { insertNewContacts, writeBatch } from "./write-batch.ts"

/** What of a stored message its receiver is shown. */
type Show = (act: Act, stored: { id: string; ticketId: string }) => Promise<Pick<ReceivedMessage, "ticket" | "message">>

const showAll: Show = async (act, { id, ticketId }) => {
  const [ticket, message] = await Promise.all([viewIn(act, ticketId), messageById(act.tx, id, act.now)])
  return { ticket, message }
}

/** For who looks at the decision alone: to read the ticket and the message costs more than to store some. */
export const showNothing: Show = async () => ({ ticket: null, message: null })

type Alone = { act: Act; work: Work; rules: IntakeSettings; show: Show }

/**
 * Receives one message. Refuses: 404 unknown connection, 409 `connection_disabled`, 400 unknown categories or agent. A race
 * that is lost shows as a unique violation: the transaction is then run once more.
 */
export async function receiveInTransaction(
  act: Act,
  inbound: InboundMessage,
  { rules, show = showAll }: { rules?: IntakeSettings; show?: Show | undefined } = {},
): Promise<ReceivedMessage> {
  const run = <Row>(statement: Statement) => runIn<Row>(act.tx, statement)
  const work = { run, now: act.now, by: act.actor }
  const alone = { act, work, rules: rules ?? (await readIntakeSettings(act)), show }
  const looked = await lookAlone(alone, inbound)
  if (looked.is === "known") {
    const { id, ticketId } = looked.stored
    return result(alone, "duplicate", whyDuplicate, { id, ticketId })
  }
  await refuseMailFlood(alone.work, looked)
  const placed = await placeInMailThread(alone.work, looked)
  const aboutId = await aboutOf(alone, inbound)
  const lookup = inbound.kind === "message" ? null : await planAlone(alone, placed, aboutId, false)
  if (lookup && isIgnored(lookup)) return ignored(lookup)
  const { links } = await settlePeople(alone, placed)
  const planned = await planAlone(alone, placed, aboutId, true)
  return isIgnored(planned) ? ignored(planned) : write(alone, { ...planned, place: placed.place }, links)
}

const whyDuplicate = { question: "which_ticket", answer: "duplicate", code: "duplicate", inputs: {}, rejected: [] }

async function lookAlone(
  { act, work }: Alone,
  inbound: InboundMessage,
): Promise<Extract<MessageLookup, { is: "incoming" | "known" }>> {
  const [looked] = await look(work, [inbound])
  if (looked!.is === "known") return looked!
  if (looked!.is === "left" && looked!.because === "no_connection") throw notFound("connection")
  if (looked!.is === "left" && looked!.because === "connection_off")
    throw new Refusal("conflict", "connection_disabled")
  await refuseUnknownNames(act, inbound)
  if (looked!.is === "incoming") return looked!
  // The channel says that these addresses are one person's.
  const { identity, also = [], name } = inbound.person
  await joinIdentities(act, [identity, ...also], name)
  const [again] = await look(work, [inbound])
  if (again!.is !== "incoming") throw lostRaceError("contact")
  return again!
}

async function refuseUnknownNames(act: Act, inbound: InboundMessage) {
  const [unknown] = await unknownCategories(act, inbound.categoryIds ?? [])
  if (unknown !== undefined) throw invalidField("categoryIds", `${unknown} is not a category`)
  if (inbound.assigneeId === null) return
  const agent = await userFacts(act, inbound.assigneeId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("assigneeId", "is not an active agent")
}

/** The ticket of the message that a reaction or a notice is about. */
async function aboutOf({ work }: Alone, { kind, connectionId, replyTo }: InboundMessage): Promise<string | null> {
  if (kind === "message" || replyTo === null) return null
  const [row] = await work.run<{ ticketId: string }>(ticketOfMessageStatement(connectionId, replyTo))
  return row?.ticketId ?? null
}

async function planAlone({ work, rules }: Alone, one: Incoming, aboutId: string | null, isLocking: boolean) {
  const threads = await readThreads(work, [one], { isLocking, aboutIds: aboutId === null ? [] : [aboutId] })
  if (threads.moved.size > 0) throw lostRaceError("thread")
  const [planned] = planBatch(work, [one], threads, rules, aboutId)
  return { ...planned!, ledAway: threads.led.has(one.threadKey) }
}

type PlannedAlone = PlannedIncoming & { ledAway: boolean; place?: MailPlace | undefined }

const isIgnored = ({ outcome }: PlannedIncoming) => typeof outcome === "object" && "ignored" in outcome

function ignored({ outcome }: PlannedIncoming): ReceivedMessage {
  if (outcome === "later" || !("ignored" in outcome)) throw new Error("is not ignored")
  return { ticket: null, message: null, decision: { action: "ignored", why: outcome.ignored } }
}

/**
 * Those who are new are made, what they wish of marketing is kept, and until the end nobody else merges or removes them or
 * opens a conversation with them: what is read of their threads from now on stays so.
 */
async function settlePeople({ act, work, rules }: Alone, one: Incoming) {
  const { inbound, thread } = one
  const { there, links } = await insertNewContacts(work, [one])
  if (there.length === 0) throw lostRaceError("contact")
  const wish = rules.wishOf(inbound, act.now)
  if (wish) {
    const { identity, also = [] } = inbound.person
    await saveMarketingPreference(act, await storedIdentityIds(act, [identity, ...also]), wish)
  }
  if (thread.newcomer) return { links }
  const held = await work.run(lockContactsStatement([thread.contactId], { isWaiting: true }))
  // Whoever came before us may have given the address to another contact: by undoing a merge, or with a number's new holder.
  const owned = await work.run(ownedIdentitiesStatement([thread]))
  if (held.length === 0 || owned.length === 0) throw lostRaceError("contact")
  if (provesAddress(inbound)) await work.run(provedByMessageStatement([thread.identityId]))
  return { links }
}

async function write({ act, work, show }: Alone, one: PlannedAlone, links: Parameters<typeof writeBatch>[2]) {
  const { outcome, inbound, threadKey } = one
  if (outcome === "later" || !("decision" in outcome)) throw lostRaceError("thread")
  const { decision } = outcome
  const isNew = decision.action === "created"
  // Where the thread was led there is nothing to go on with: it has its own tickets again.
  if (isNew && one.ledAway) await releaseThread(act, threadKey)
  const teamIds = isNew ? await teamsAfterGiving(act, inbound, one.connection.teamIds) : one.connection.teamIds
  const planned = { ...one, connection: { ...one.connection, teamIds }, planned: outcome }
  const isOfNow = inbound.mail?.isSilent === false && decision.action === "joined"
  const ofPast = await findTicketsOfPast(work.run, isOfNow ? [outcome.ticketId] : [])
  const [written] = await writeBatch(work, [planned], links, act)
  if (!written) throw lostRaceError("thread")
  await saveOptionalFields(act, written)
  const { mail } = inbound
  if (mail && one.place)
    await saveMails(work.run, [{ messageId: written.message.id, mail, place: ownPlace(one.place, isNew) }])
  if (mail && one.place && isNew) await suggestTickets(act, outcome.ticketId, mail, one.place)
  if (ofPast.has(outcome.ticketId)) await wakeTicketOfPast(act, outcome.ticketId)
  const action = decision.action === "kept" ? "attached" : decision.action
  return result({ act, show }, action, decision.why, { id: written.message.id, ticketId: outcome.ticketId })
}

async function result(
  { act, show }: Pick<Alone, "act" | "show">,
  action: ReceivedMessage["decision"]["action"],
  why: DecisionReason,
  stored: { id: string; ticketId: string },
): Promise<ReceivedMessage> {
  return { ...(await show(act, stored)), decision: { action, why } }
}
