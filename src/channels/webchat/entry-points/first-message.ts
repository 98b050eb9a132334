// What a visitor has to say before their first message, and what becomes of it: their answers stand on the ticket as a note.
import { type Act, inTransaction, system } from "#kernel/act.ts"
import { invalidField } from "#kernel/errors.ts"
import type { Kit } from "#kernel/kit.ts"
import { connectionById, type ConnectionRow } from "#connections/index.ts"
import { identitiesOf, storedIdentity } from "#contacts/index.ts"
import { record } from "#event-log/index.ts"
import { insertMessage, noCounterpart } from "#messages/index.ts"
import { readSetting } from "#settings/index.ts"
import { lockTicket } from "#tickets/index.ts"
import { formatText } from "#texts/format-text.ts"
import { newId } from "#kernel/ids.ts"
import { preChatOf, settingsOf } from "../settings.ts"
import { hoursOf } from "./shown-connection.ts"
import { identityOfVisitor } from "./visitor-authentication.ts"

type Answer = { id: string; text: string }
type Said = { name?: string | undefined; email?: string | undefined; answers?: Answer[] | undefined }

/**
 * Refuses (400, by the field's name) a message without what the chat asks for: before the first one what its settings say, and
 * an e-mail while it is closed, where they say so. Who has written before is asked nothing again.
 */
export async function refuseUnanswered(kit: Kit, connectionId: string, visitorId: string, said: Said): Promise<void> {
  const connection = await connectionById(kit.db.kysely, connectionId)
  if (!connection) return
  const asks = preChatOf(connection)
  const isForm = settingsOf(connection).outOfHours === "form"
  if (!asks && !isForm) return
  const { isKnown, hasEmail } = await whatIsKnown(kit, connectionId, visitorId)
  if (!isKnown && asks) {
    for (const field of unanswered(asks, said)) throw missing(field)
    for (const { id, options } of asks.questions)
      if (!isAnswer(options, answerTo(id, said))) throw invalidField(`answers.${id}`, "must be one of its options")
  }
  const isEmailMissing = isForm && !hasEmail && !said.email
  if (isEmailMissing && (await hoursOf(kit, connection))?.isOpen === false) throw missing("email")
}

const missing = (field: string) => invalidField(field, "must be given in this chat", "required")

/** The first that is not blank. */
const answerTo = (id: string, { answers = [] }: Said): string | undefined =>
  answers.find((one) => one.id === id && one.text.trim() !== "")?.text.trim()

const isAnswer = (options: string[] | null, text: string | undefined): boolean =>
  options === null || text === undefined || options.includes(text)

function unanswered({ name, email, questions }: NonNullable<ReturnType<typeof preChatOf>>, said: Said): string[] {
  return [
    ...(name === "required" && !said.name ? ["name"] : []),
    ...(email === "required" && !said.email ? ["email"] : []),
    ...questions.flatMap(({ id, required }) => (required && answerTo(id, said) === undefined ? [`answers.${id}`] : [])),
  ]
}

function whatIsKnown(kit: Kit, connectionId: string, visitorId: string) {
  return inTransaction(kit.db, { actor: system, now: kit.now() }, async (act) => {
    const visitor = await storedIdentity(act, identityOfVisitor(connectionId, visitorId))
    if (!visitor) return { isKnown: false, hasEmail: false }
    const all = await identitiesOf(act, visitor.contactId)
    return { isKnown: true, hasEmail: all.some(({ kind }) => kind === "email") }
  })
}

/** Puts the answers on the ticket of the first message, once, however often that is sent. What nobody asked is left out. */
export async function noteAnswers(kit: Kit, connectionId: string, visitorId: string, ticketId: string, said: Said) {
  const connection = said.answers?.length ? await connectionById(kit.db.kysely, connectionId) : undefined
  if (!connection) return
  const lines = (preChatOf(connection)?.questions ?? []).flatMap(({ id, label, options }) => {
    const text = answerTo(id, said)
    // In one line each: what they write must not look like a line that Hilo wrote.
    return text !== undefined && isAnswer(options, text) ? [`${label}: ${text.replaceAll(/\s+/g, " ")}`] : []
  })
  if (lines.length === 0) return
  await inTransaction(kit.db, { actor: system, now: kit.now() }, (act) =>
    insertNote(act, connection, { ticketId, externalId: `${visitorId}:answers`, lines }),
  )
}

type Note = { ticketId: string; externalId: string; lines: string[] }

// Under the ticket's lock: of two that bring the same message the second sees the first's note.
async function insertNote(act: Act, connection: ConnectionRow, { ticketId, externalId, lines }: Note) {
  const ticket = await lockTicket(act, ticketId)
  const known = await act.tx
    .selectFrom("messages")
    .select("id")
    .where("connectionId", "=", connection.id)
    .where("externalId", "=", externalId)
    .executeTakeFirst()
  if (known) return
  const heading = formatText(await readSetting(act, "language"), "webChat.answersNote")
  const message = await insertMessage(act, ticket.id, {
    id: newId("msg"),
    connectionId: connection.id,
    externalId,
    kind: "message",
    direction: "out",
    senderKind: "system",
    senderId: null,
    content: [heading, ...lines].join("\n"),
    // A visitor's words are no Markdown.
    contentHtml: null,
    isInternal: true,
    replyTo: null,
    deliveryState: "received",
    sentAt: act.now,
    now: act.now,
    ...noCounterpart,
    position: null,
  })
  await record(act, "message.noted", { ticketId: ticket.id, subjectId: message.id })
}
