// The whole rule in one transaction: for everything that one statement cannot settle.
import type { Act, Actor } from "#kernel/act.ts"
import { runIn } from "#kernel/db.ts"
import { invalidField, notFound, Refusal } from "#kernel/errors.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { contactOfIdentity, ensureContact, nameContact, anyIsBlocked, storedIdentity } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { insertPromisedFiles, attachUploads } from "#files/index.ts"
import { insertMessage, messageById, type NewMessage } from "#messages/index.ts"
import { can, isPrincipal, userFacts } from "#people/index.ts"
import { readSetting } from "#settings/index.ts"
import {
  accessOf,
  aliasOf,
  assign,
  assignByHand,
  conversationKey,
  transition,
  assignNewTicket,
  isAnothersConversation,
  link,
  lockTicket,
  namingAssignee,
  releaseThread,
  saveCategories,
  type TicketRow,
  applyMessageEffect,
  unknownCategories,
  updateFields,
  viewIn,
} from "#tickets/index.ts"
import { type Candidates, decideTicket, type Decision, type Policy } from "./decide-ticket.ts"
import { toTicketCreation, toIncoming } from "./first-ticket.ts"
import { type InboundMessage, proofOf, type ReceivedMessage } from "./inbound-message.ts"
import { toMessageRow } from "./message-row.ts"
import { joinIdentities } from "./identities/join-identities.ts"
import { candidatesOf, createStatement, knownMessage, isLostRace, ticketOfMessage } from "./intake-statements.ts"

export async function receiveByRule(act: Act, inbound: InboundMessage): Promise<ReceivedMessage> {
  const connection = await enabledConnection(act, inbound.connectionId)
  const known = await knownMessage(act, inbound.connectionId, inbound.externalId)
  if (known) return storedResult(act, known)
  await refuseUnknownNames(act, inbound)
  const contacts = inbound.kind === "message" ? await madeContacts(act, inbound) : null
  const found = await candidates(act, inbound, contacts?.thread ?? (await knownThread(act, inbound)))
  const isBlocked = contacts !== null && (await anyIsBlocked(act.tx, [contacts.sender, contacts.thread]))
  const decision = decideTicket(found, toIncoming(inbound, isBlocked), await policyOf(act, connection, found), act.now)
  if (decision.action === "ignored")
    return { ticket: null, message: null, decision: { action: "ignored", why: decision.why } }
  const { thread, sender } = contacts ?? (await madeContacts(act, inbound))
  const by = inbound.direction === "in" ? { kind: "contact", id: sender } : act.actor
  const authored = { ...act, actor: by }
  const identity = await storedIdentity(act, (inbound.group ?? inbound.person).identity)
  const exchanged = { contactId: thread, identityId: identity?.id ?? null }
  const said = { ...toMessageRow(inbound, act.now), ...exchanged }
  const message = inbound.direction === "in" ? { ...said, senderId: sender } : said
  if (decision.action === "created") {
    // Where the thread was led there is nothing to go on with: it has its own tickets again.
    if (found.ledTo) await releaseThread(act, found.ledTo.threadKey)
    const teamIds = await teamsAfterGiving(act, inbound, connection.teamIds)
    const account = { kind: connection.kind, teamIds, ...exchanged, by }
    return created(authored, inbound, message, account, decision)
  }
  return landed(authored, { inbound, message, decision, found, giver: act.actor })
}

async function enabledConnection(act: Act, id: string): Promise<ConnectionRow> {
  const connection = await connectionById(act.tx, id)
  if (!connection) throw notFound("connection")
  if (!connection.enabled || connection.deletedAt) throw new Refusal("conflict", "connection_disabled")
  return connection
}

/** The same message came before: what was stored then is the answer. */
async function storedResult(act: Act, known: { id: string; ticketId: string }): Promise<ReceivedMessage> {
  const why = { question: "which_ticket", answer: "duplicate", code: "duplicate", inputs: {}, rejected: [] }
  const [ticket, message] = await Promise.all([viewIn(act, known.ticketId), messageById(act.tx, known.id, act.now)])
  return { ticket, message, decision: { action: "duplicate", why } }
}

async function refuseUnknownNames(act: Act, inbound: InboundMessage) {
  const [unknown] = await unknownCategories(act, inbound.categoryIds ?? [])
  if (unknown !== undefined) throw invalidField("categoryIds", `${unknown} is not a category`)
  if (inbound.assigneeId === null) return
  const agent = await userFacts(act, inbound.assigneeId)
  if (!agent || agent.role === "user" || agent.disabled) throw invalidField("assigneeId", "is not an active agent")
}

/** A notice makes no contact of its own: theirs are made only once the rule keeps it. */
async function madeContacts(act: Act, inbound: InboundMessage): Promise<{ thread: string; sender: string }> {
  const { identity, also = [], name } = inbound.person
  const proof = proofOf(inbound)
  const group = inbound.group ? await ensureContact(act, { ...inbound.group, proof }, true) : null
  const sender =
    also.length > 0
      ? await joinIdentities(act, [identity, ...also], name)
      : await ensureContact(act, { ...inbound.person, proof }, false)
  await nameContact(act.tx, sender, { name, now: act.now })
  return { thread: group ?? sender, sender }
}

async function knownThread(act: Act, { group, person }: InboundMessage): Promise<string | null> {
  if (group) return contactOfIdentity(act, group.identity)
  for (const identity of [person.identity, ...(person.also ?? [])]) {
    const known = await contactOfIdentity(act, identity)
    if (known) return known
  }
  return null
}

/** `ledTo`: a merge leads the thread to a ticket that is not of the thread. */
type FoundCandidates = Candidates & { ledTo: { threadKey: string; ticketId: string } | null }

async function candidates(act: Act, inbound: InboundMessage, contactId: string | null): Promise<FoundCandidates> {
  const reactedTo =
    inbound.kind !== "message" && inbound.replyTo !== null
      ? await ticketOfMessage(act, inbound.connectionId, inbound.replyTo)
      : undefined
  const threadKey = contactId === null ? null : conversationKey(inbound.connectionId, contactId)
  const led = threadKey === null ? null : await aliasOf(act.tx, threadKey)
  const place = { threadKeys: [threadKey, led?.threadKey].filter((key) => key !== null && key !== undefined) }
  const rows =
    threadKey === null ? [] : await candidatesOf(act, { ...place, ticketId: led?.id ?? null }, inbound.sentAt)
  return {
    ledTo: threadKey !== null && led ? { threadKey, ticketId: led.id } : null,
    active: rows.find((row) => row.active) ?? null,
    latest: rows.find((row) => row.isLatest && !row.active) ?? null,
    enclosing: rows.find((row) => row.encloses) ?? null,
    reactedTo: reactedTo ?? null,
  }
}

async function policyOf(act: Act, connection: ConnectionRow, { latest }: FoundCandidates): Promise<Policy> {
  const lists = await readSetting(act, "acknowledgements")
  return {
    windowMinutes: connection.reopenWindowMinutes,
    reopenFrom: connection.reopenFrom,
    acknowledgements: connection.acknowledgements ?? Object.values(lists).flat(),
    farewellText: connection.farewellText,
    supportDays: latest?.kind === "support" ? await readSetting(act, "support.reopenDays") : 0,
  }
}

async function created(
  act: Act,
  inbound: InboundMessage,
  message: NewMessage,
  connection: Parameters<typeof toTicketCreation>[2],
  decision: Extract<Decision, { action: "created" }>,
): Promise<ReceivedMessage> {
  const creating = toTicketCreation(inbound, message, connection, decision)
  const [ticket] = await runIn<{ id: string }>(act.tx, createStatement(creating))
  if (!ticket) throw isLostRace()
  if (inbound.categoryIds) await saveCategories(act, ticket.id, inbound.categoryIds)
  await takeFiles(act, ticket.id, message.id, inbound)
  if (decision.follows !== undefined) await link(act, { from: decision.follows, to: ticket.id, type: "follow_up" })
  const [shown, said] = await Promise.all([viewIn(act, ticket.id), messageById(act.tx, message.id, act.now)])
  return { ticket: shown, message: said, decision: { action: "created", why: decision.why } }
}

async function takeFiles(act: Act, ticketId: string, messageId: string, { files = [], uploads }: InboundMessage) {
  await insertPromisedFiles(act, ticketId, messageId, files)
  if (uploads) await attachUploads(act, messageId, uploads.by, uploads.ids)
}

type TargetTicket = {
  inbound: InboundMessage
  message: NewMessage
  decision: Extract<Decision, { ticketId: string }>
  found: FoundCandidates
  giver: Actor
}

/** Stores the message on a ticket that exists, and does to the ticket what the rule said. */
async function landed(act: Act, { inbound, message, decision, found, giver }: TargetTicket): Promise<ReceivedMessage> {
  const { ledTo, active } = found
  const ticket = await lockTicket(act, decision.ticketId)
  // It was active, or closed, when the rule looked; if that changed meanwhile, the rule must look again.
  if (ticket.active !== (active?.id === ticket.id) && inbound.kind === "message") throw isLostRace()
  if (ticket.mergedInto !== null) throw isLostRace()
  // Undoing a merge locks the ticket too: if it came first, the thread no longer leads here.
  if (ledTo && (await aliasOf(act.tx, ledTo.threadKey))?.id !== ledTo.ticketId) throw isLostRace()
  const quiet = decision.action === "attached"
  const unread = inbound.direction === "in" ? "add" : "clear"
  await applyMessageEffect(act, ticket.id, {
    sentAt: message.sentAt,
    unread: quiet ? "keep" : unread,
    updatedAt: quiet ? null : act.now,
    campaignShipmentId: quiet ? null : inbound.campaignShipmentId,
  })
  await insertMessage(act, ticket.id, message)
  await takeFiles(act, ticket.id, message.id, inbound)
  const kind = quiet ? "message.attached" : "message.received"
  const why = decision.action === "reopened" ? null : decision.why
  if (decision.action === "reopened") await reopen(act, ticket, decision)
  const answered = decision.action === "joined" && ticket.kind === "support" && ticket.status === "pending"
  if (answered && inbound.direction === "in") await transition(act, ticket, { to: "open" })
  const data = { direction: message.direction, ...(decision.why.code === "attached_blocked" && { blocked: true }) }
  await record(act, kind, { ticketId: ticket.id, subjectId: message.id, data, why })
  if (!quiet) await optionalFields({ ...act, actor: giver }, inbound, { ticket, message })
  const action = decision.action === "kept" ? "attached" : decision.action
  const [shown, said] = [await viewIn(act, ticket.id), await messageById(act.tx, message.id, act.now)]
  return { ticket: shown, message: said, decision: { action, why: decision.why } }
}

/** Another message may have made the thread active meanwhile: then this one joins that ticket instead. */
async function reopen(act: Act, ticket: TicketRow, { to, why }: Extract<Decision, { action: "reopened" }>) {
  try {
    await transition(act, ticket, { to, why })
  } catch (error) {
    throw error instanceof Refusal && error.code === "thread_busy" ? isLostRace() : error
  }
}

/**
 * Optional fields change only when given; given categories replace, unless a merge led the message to another customer's
 * ticket: they would tell that customer what it is about.
 */
async function optionalFields(act: Act, inbound: InboundMessage, { ticket, message }: LedMessage) {
  const { categoryIds } = inbound
  if (categoryIds && !(await isAnothers(act, { ticket, message })))
    await updateFields(act, await lockTicket(act, ticket.id), { categoryIds })
  if (inbound.assigneeId !== null) await give(act, await lockTicket(act, ticket.id), inbound.assigneeId)
}

type LedMessage = { ticket: TicketRow; message: NewMessage }

async function isAnothers(act: Act, { ticket, message: { contactId, identityId } }: LedMessage): Promise<boolean> {
  if (ticket.contactId !== null && ticket.contactId !== contactId) return true
  return Boolean(identityId) && isAnothersConversation(act, ticket.id, identityId!)
}

/** Whoever names an agent gives the ticket, by the rules of giving: they must see it, and may give it there. */
async function give(act: Act, ticket: TicketRow, agentId: string) {
  const { actor } = act
  if (!isPrincipal(actor)) return assign(act, ticket, { agentId })
  if (!can.assignTicket(actor, accessOf(ticket)))
    throw new Refusal("forbidden", "forbidden", "assigneeId: the ticket is none that you may give")
  return assignByHand(act, actor, ticket, { agentId }).catch(namingAssignee)
}

/** The teams of the connection; of a new ticket that is given at once, the team in which that puts it. */
async function teamsAfterGiving(act: Act, { assigneeId }: InboundMessage, teamIds: string[]): Promise<string[]> {
  const { actor } = act
  if (assigneeId === null || !isPrincipal(actor)) return teamIds
  const fresh = { kind: "conversation", status: "open", teamId: teamIds.length === 1 ? teamIds[0]! : null } as const
  const teamId = await assignNewTicket(act, actor, fresh, assigneeId).catch(namingAssignee)
  return teamId === null ? [] : [teamId]
}
