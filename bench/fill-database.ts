// A desk of some age, written by COPY: tickets over two years, one in twenty still open, most of them recent.
import { queryRows, type ApiKeys } from "./postgres-for-bench.ts"
import { copyRows } from "./copy-rows.ts"
import { fillDeadlines } from "./fill-sla-targets.ts"
import { generatedPerson, messageText } from "./generated-texts-and-people.ts"

export type FillCounts = { tickets: number; messages: number }

const days = 730
const teams = 5
const agents = 40
const openShare = 0.05
const contactsPerTicket = 0.3
const start = Date.UTC(2024, 10, 1)

const id = (prefix: string, n: number, at: number) =>
  `${prefix}_${at.toString(16).padStart(12, "0")}${n.toString(16).padStart(20, "0")}`
const team = (n: number) => `tea_bench${n}`
const agent = (n: number) => `usr_bench${n}`

export async function fillDatabase(url: string, count: number, keys: ApiKeys): Promise<FillCounts> {
  const desk = deskOf(count)
  await people(url, keys)
  const indexes = await dropIndexes(url)
  await copyRows(url, "contacts (id, name, created_at, updated_at)", desk.contacts())
  await copyRows(url, "contact_identities (id, contact_id, kind, value, created_at)", desk.identities())
  await copyRows(url, `tickets (${ticketColumns})`, desk.tickets(keys.agentId))
  await copyRows(url, `messages (${messageColumns})`, desk.messages())
  // Of the past: what was filled in notifies nobody.
  await queryRows(url, "alter table events alter column position set default 0")
  await copyRows(url, "events (at, kind, ticket_id, subject_id, actor_kind, actor_id)", desk.events())
  await queryRows(url, "alter table events alter column position drop default")
  await fillDeadlines(url)
  for (const { definition } of indexes) await queryRows(url, definition)
  await queryRows(url, "vacuum analyze")
  const [row] = await queryRows<{ messages: number }>(url, "select count(*)::int as messages from messages")
  return { tickets: count, messages: row!.messages }
}

// Written row by row an index costs several times what it costs to make it once over all rows.
async function dropIndexes(url: string): Promise<{ definition: string }[]> {
  const indexes = await queryRows<{ name: string; definition: string }>(
    url,
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any('{tickets,ticket_texts,messages,events,contacts,contact_texts,contact_identities,sla_targets,ticket_sla}'::regclass[]) and not indisunique`,
  )
  for (const { name } of indexes) await queryRows(url, `drop index ${name}`)
  return indexes
}

async function people(url: string, { agentId }: ApiKeys) {
  await queryRows(
    url,
    "insert into connections (id, kind, name, created_at, updated_at) values ('con_bench', 'api', 'Bench', now(), now())",
  )
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)
  await copyRows(
    url,
    "teams (id, name, is_default, created_at)",
    numbers(teams).map((n) => [team(n), `Team ${n}`, n === 0, new Date(start)]),
  )
  const times = [new Date(start), new Date(start)]
  await copyRows(
    url,
    "users (id, email, name, role, created_at, updated_at)",
    numbers(agents).map((n) => [agent(n), `agent${n}@example.com`, `Agent ${n}`, "agent", ...times]),
  )
  await copyRows(url, "team_members (team_id, user_id)", [
    ...numbers(agents).map((n) => [team(n % teams), agent(n)]),
    [team(1), agentId],
  ])
}

const ticketColumns = `id, kind, thread_key, status, subject, channel, contact_id, connection_id, assignee_id, team_id, message_count,
  first_message_at, last_message_at, resolved_at, closed_at, created_by_kind, created_by_id, created_at, updated_at`
const messageColumns =
  "id, ticket_id, connection_id, direction, sender_kind, sender_id, content, delivery_state, sent_at, created_at, ticket_day, contact_id, identity_id"

// So that who has a ticket does not depend on whether it is open.
const mixed = (n: number) => Math.imul(n, 2_654_435_761) >>> 8

/** Everything about ticket number n follows from n, so that each table can be written by itself. */
function deskOf(count: number) {
  const contacts = Math.max(1, Math.floor(count * contactsPerTicket))
  const createdAt = (n: number) => start + Math.floor((n / count) * days * 86_400_000)
  const contactOf = (n: number) => id("ctc", n % contacts, start)
  const ticketOf = (n: number) => id("tkt", n, createdAt(n))
  const messagesOf = (n: number) => 1 + (n % 9)
  const messageOf = (n: number, k: number) => id("msg", n * 16 + k, createdAt(n))
  const sentAt = (n: number, k: number) => createdAt(n) + k * 1_800_000
  // Only the last ticket of a contact can be open; a fifth of those is a twentieth of all.
  const isOpen = (n: number) => n >= count - contacts && mixed(n) % Math.round(contacts / (count * openShare)) === 0
  const each = function* <Row>(rows: (n: number) => Row[], total = count) {
    for (let n = 0; n < total; n++) yield* rows(n)
  }
  const inserted = new Date(start)
  return {
    contacts: () => each((n) => [[contactOf(n), generatedPerson(n).name, inserted, inserted]], contacts),
    identities: () =>
      each(
        (n) => [
          [id("idn", 2 * n, start), contactOf(n), "phone", generatedPerson(n).phone, inserted],
          [id("idn", 2 * n + 1, start), contactOf(n), "email", generatedPerson(n).email, inserted],
        ],
        contacts,
      ),
    tickets: (mine: string) =>
      each((n) => {
        const last = messagesOf(n) - 1
        const [created, touched] = [new Date(createdAt(n)), new Date(sentAt(n, last))]
        const closed = isOpen(n) ? null : touched
        const waits = isOpen(n) && n % 3 === 0
        const who = n % 97 === 0 ? mine : agent(n % agents)
        const state = closed ? "closed" : waits ? "pending" : "open"
        return [
          // prettier-ignore
          [ticketOf(n), "conversation", `con_bench:${contactOf(n)}`, state, "", "api", contactOf(n), "con_bench",
            waits ? null : who, team(n % teams), last + 1, created, touched, closed, closed, "contact", contactOf(n), created, touched],
        ]
      }),
    messages: () =>
      each((n) =>
        Array.from({ length: messagesOf(n) }, (_, k) => {
          const [at, out] = [new Date(sentAt(n, k)), k === 1]
          const sender = out ? ["out", "user", agent(n % agents)] : ["in", "contact", contactOf(n)]
          const said = [messageOf(n, k), ticketOf(n), "con_bench", ...sender, messageText(n, k, count)]
          const exchanged = [contactOf(n), id("idn", n % contacts, start)]
          return [...said, out ? "delivered" : "received", at, at, new Date(createdAt(n)), ...exchanged]
        }),
      ),
    events: () =>
      each((n) => [[new Date(createdAt(n)), "ticket.created", ticketOf(n), messageOf(n, 0), "contact", contactOf(n)]]),
  }
}
