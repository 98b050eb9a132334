// The records of one batch, as rows of one kind each: what stands inside a ticket is a row of its own here.
import { createHash } from "node:crypto"
import type { ReadRecord } from "../reading/read-records.ts"
import { recordKey } from "../imported-record-store.ts"
import type {
  AttachmentRecord,
  ContactRecord,
  ImportRecord,
  MessageRecord,
  PersonRef,
  TicketRecord,
  UserRecord,
} from "../record-schemas.ts"

type Lined<T> = Omit<T, "type"> & { line: number }
/** `field`: where it stands in its line, for the report. */
export type UserRow = Lined<UserRecord> & { key: string | null }
export type ContactRow = Lined<ContactRecord>
export type TicketRow = Lined<Omit<TicketRecord, "messages">> & { key: string }
export type MessageRow = Lined<Omit<MessageRecord, "ticket" | "attachments">> & {
  key: string
  ticketKey: string
  field: string
}
export type FileRow = Lined<Omit<AttachmentRecord, "message">> & {
  key: string
  messageKey: string
  /** The message inside which it stands. */
  message: MessageRow | null
  field: string
  ordinal: number
}

export type ImportBatch = {
  users: UserRow[]
  contacts: ContactRow[]
  tickets: TicketRow[]
  messages: MessageRow[]
  files: FileRow[]
}

export function toBatch(idSpace: string, records: readonly ReadRecord[]): ImportBatch {
  const batch: ImportBatch = { users: [], contacts: [], tickets: [], messages: [], files: [] }
  for (const { line, record } of records) add(batch, idSpace, line, record)
  return batch
}

/** By which a person of the other system is known again; null where they have no id. */
export const personKey = (idSpace: string, { id }: PersonRef) =>
  id === undefined ? null : recordKey(idSpace, "person", id)

function add(batch: ImportBatch, idSpace: string, line: number, record: ImportRecord): void {
  switch (record.type) {
    case "user":
      return void batch.users.push({ ...record, line, key: personKey(idSpace, record) })
    case "contact":
      return void batch.contacts.push({ ...record, line })
    case "ticket":
      return addTicket(batch, idSpace, line, record)
    case "message":
      return addMessage(batch, idSpace, { line, field: "" }, record.ticket, {
        ...record,
        id: record.id ?? contentId(record),
      })
    case "attachment": {
      const { message, id = contentId(record), ...file } = record
      const [key, messageKey] = [recordKey(idSpace, "file", message, id), recordKey(idSpace, "message", message)]
      return void batch.files.push({ ...file, id, line, key, messageKey, message: null, field: "", ordinal: 1 })
    }
  }
}

function addTicket(batch: ImportBatch, idSpace: string, line: number, record: TicketRecord): void {
  const { messages = [], ...ticket } = record
  const id = ticket.id ?? ticket.number ?? contentId(record)
  // Rows are written to, records never: what has no id is known again by what it says.
  const contact = ticket.contact && { ...ticket.contact }
  batch.tickets.push({ ...ticket, ...(contact && { contact }), line, key: recordKey(idSpace, "ticket", id) })
  const said = messages.length > 0 || !ticket.description ? messages : [openingOf(ticket)]
  for (const [i, message] of said.entries())
    addMessage(batch, idSpace, { line, field: `messages.${i}` }, id, { ...message, id: message.id ?? `${id}/${i}` })
}

/** What a ticket that comes without messages was about. */
const openingOf = ({
  description: content,
  createdAt,
}: Omit<TicketRecord, "messages">): Omit<Message, "id"> & { id?: string } => ({
  content,
  createdAt,
})

type Place = { line: number; field: string }
type Message = Omit<MessageRecord, "type" | "ticket"> & { id: string }

function addMessage(
  batch: ImportBatch,
  idSpace: string,
  { line, field }: Place,
  ticket: string,
  message: Message,
): void {
  const { attachments = [], ...said } = message
  const key = recordKey(idSpace, "message", message.id)
  const author = said.author && { ...said.author }
  const row = { ...said, ...(author && { author }), line, field, key, ticketKey: recordKey(idSpace, "ticket", ticket) }
  batch.messages.push(row)
  for (const [i, file] of attachments.entries()) {
    const fileKey = recordKey(idSpace, "file", message.id, file.id ?? `/${i}`)
    const at = [field, `attachments.${i}`].filter(Boolean).join(".")
    batch.files.push({ ...file, line, key: fileKey, messageKey: key, message: row, field: at, ordinal: i + 1 })
  }
}

/** What has no id is known again by what it says. */
const contentId = (record: ImportRecord) => `row:${createHash("sha256").update(JSON.stringify(record)).digest("hex")}`

/** All keys under which something of the batch may be known already. */
export function keysOf(idSpace: string, batch: ImportBatch): string[] {
  const people = [
    ...batch.contacts,
    ...batch.tickets.flatMap(({ contact, assignee }) => [contact ?? {}, assignee ?? {}]),
    ...batch.messages.map(({ author }) => author ?? {}),
  ]
  const keys = [
    ...batch.users.map(({ key }) => key),
    ...people.map((person) => personKey(idSpace, person)),
    ...batch.tickets.map(({ key }) => key),
    ...batch.messages.flatMap(({ key, ticketKey }) => [key, ticketKey]),
    ...batch.files.flatMap(({ key, messageKey }) => [key, messageKey]),
  ]
  return [...new Set(keys.filter((key) => key !== null))]
}
