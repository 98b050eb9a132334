// How long somebody waits for a list, a search, a ticket, on the largest desk. One client, over HTTP.
import { copyRows } from "./copy-rows.ts"
import { queryRows, type BenchPostgres } from "./postgres-for-bench.ts"
import { type BenchDesk, inboxQueries } from "./staff-work-by-desk-size.ts"
import { type LoadFigures, runLoad } from "./closed-loop-load.ts"
import { startServer } from "./server-process.ts"
import { parseJson, openHttpConnection } from "./keep-alive-http-client.ts"
import { generatedPerson, plantedWords, vocabularyWord } from "./generated-texts-and-people.ts"

export type SearchScale = { tickets: number; seconds: number }
export type SearchResult = { tickets: number; messages: number; rows: SearchRow[] }
export type SearchRow = { what: string; figures: LoadFigures; goalMs: number | null }

type Role = "admin" | "agent"
type BenchRequest = { what: string; goalMs: number | null; as: Role; paths: string[] }

const longTicketMessages = 500

const words: { what: string; q: string; goalMs: number | null }[] = [
  { what: "a rare word (20 tickets)", q: plantedWords.rare(777, 20_000), goalMs: 50 },
  { what: "a word of 10 %", q: plantedWords.tenth, goalMs: 150 },
  { what: "a word of 50 %", q: plantedWords.half, goalMs: 150 },
  { what: "a common word of old tickets only", q: plantedWords.old, goalMs: 500 },
  { what: "a word of 50 %, by activity", q: `${plantedWords.half}&sort=-lastMessageAt`, goalMs: 500 },
  { what: "a common word of old tickets only, by activity", q: `${plantedWords.old}&sort=-lastMessageAt`, goalMs: 500 },
  {
    what: "a common word of old tickets only, among the open",
    q: `${plantedWords.old}&phase=new&phase=active&phase=waiting`,
    goalMs: 500,
  },
  { what: "two common words", q: `${plantedWords.tenth}%20${plantedWords.half}`, goalMs: 500 },
  {
    what: "two common words, by activity",
    q: `${plantedWords.tenth}%20${plantedWords.half}&sort=-lastMessageAt`,
    goalMs: 500,
  },
  { what: "the beginning of a word of 50 %", q: plantedWords.half.slice(0, -1), goalMs: null },
  { what: "a common surname", q: encodeURIComponent(plantedWords.surname), goalMs: 150 },
]

/** What somebody remembers of one person. */
const remembered: { what: string; q: string; goalMs: number }[] = [
  { what: "the last seven digits of a phone", q: generatedPerson(4_567).phone.slice(-7), goalMs: 50 },
  {
    what: "a phone in groups",
    q: generatedPerson(4_567).phone.replace(/(...)(...)(...)(....)$/, "$1 $2 $3 $4"),
    goalMs: 50,
  },
  { what: "an e-mail address", q: generatedPerson(4_567).email, goalMs: 50 },
  { what: "a part of an e-mail address", q: generatedPerson(4_567).email.split("@")[0]!, goalMs: 50 },
]

export async function benchSearch(
  ground: BenchPostgres,
  desk: BenchDesk,
  scale: SearchScale,
  say: (line: string) => void,
): Promise<SearchResult> {
  const server = await startServer(ground, { databaseUrl: desk.url })
  const wires = {
    admin: openHttpConnection(server.base, desk.keys.admin),
    agent: openHttpConnection(server.base, desk.keys.agent),
  }
  const rows: SearchRow[] = []
  for (const { what, goalMs, as, paths } of deedsOf(await longTicket(desk))) {
    const work = async () => {
      for (const path of paths) parseJson(await wires[as].send("GET", `/api/v1${path}`))
    }
    // Once for caches and plans.
    const warmed = await runLoad({ clients: 1, seconds: scale.seconds / 5, work })
    if (warmed.errors > 0) say(`  ${what}: ${warmed.errors} failed while warming up, first with ${warmed.failure}`)
    const figures = await runLoad({ clients: 1, seconds: scale.seconds, work })
    if (figures.errors > 0) throw new Error(`"${what}" failed ${figures.errors} times, first with ${figures.failure}`)
    rows.push({ what, figures, goalMs })
    say(`  ${what}: p50 ${figures.p50.toFixed(1)} ms, p99 ${figures.p99.toFixed(1)} ms`)
  }
  for (const wire of Object.values(wires)) wire.close()
  await server.stop()
  return { tickets: desk.size, messages: desk.messages, rows }
}

function deedsOf(longTicketId: string): BenchRequest[] {
  const lists = Object.entries(inboxQueries).map(([name, { as, query }]) => ({
    what: `list: ${name}`,
    goalMs: 30,
    as,
    paths: [`/tickets?${query}`],
  }))
  const searches = (["admin", "agent"] as const).flatMap((as) =>
    [...words, ...remembered].map(({ what, q, goalMs }) => ({
      what: `${what}, ${as}`,
      goalMs,
      as,
      paths: [`/tickets?q=${q.replaceAll("+", "%2B").replaceAll(" ", "%20")}`],
    })),
  )
  const people = [...remembered, { what: "a common surname", q: plantedWords.surname, goalMs: 150 }].map(
    ({ what, q, goalMs }): BenchRequest => ({
      what: `people by ${what}`,
      goalMs,
      as: "admin",
      paths: [`/contacts?q=${encodeURIComponent(q)}`],
    }),
  )
  const ticket = `/tickets/${longTicketId}`
  return [
    ...lists,
    ...searches,
    ...people,
    { what: "counts beside the views, agent", goalMs: 30, as: "agent", paths: ["/tickets/counts"] },
    {
      what: `open a ticket with ${longTicketMessages} messages`,
      goalMs: 50,
      as: "admin",
      paths: [ticket, `${ticket}/messages`],
    },
  ]
}

/** The newest ticket gets as many messages as a very long conversation has. */
async function longTicket({ url }: BenchDesk): Promise<string> {
  const [ticket] = await queryRows<{ id: string; at: Date }>(
    url,
    "select id, created_at as at from tickets order by created_at desc, id desc limit 1",
  )
  const { id, at } = ticket!
  const texts = Array.from({ length: longTicketMessages }, (_, n) =>
    Array.from({ length: 15 }, (_, i) => vocabularyWord(n + i * 97)),
  )
  await copyRows(
    url,
    "messages (id, ticket_id, direction, sender_kind, sender_id, content, delivery_state, sent_at, created_at, ticket_day)",
    texts.map((said, n) => [`msg_long${n}`, id, "in", "contact", null, said.join(" "), "received", at, at, at]),
  )
  await queryRows(url, "update tickets set message_count = message_count + $2 where id = $1", [id, longTicketMessages])
  return id
}

export function searchPart({ tickets, messages, rows }: SearchResult): string[] {
  const line = ({ what, figures: { p50, p99 }, goalMs }: SearchRow) =>
    `| ${what} | ${p50.toFixed(1)} | ${p99.toFixed(1)} | ${goalMs === null ? "" : `${goalMs}${p99 <= goalMs ? "" : " – missed"}`} |`
  return [
    "## Finding",
    `${tickets.toLocaleString("en")} tickets with ${messages.toLocaleString("en")} messages, one client, milliseconds over HTTP. The agent sees one team in five. Lists and searches answer 50 rows with preview, names and total, newest first if not said otherwise; opening is the ticket and the latest page of its messages. Goals are for p99.`,
    ["| what | p50 | p99 | goal |", "| --- | --- | --- | --- |", ...rows.map(line)].join("\n"),
  ]
}
