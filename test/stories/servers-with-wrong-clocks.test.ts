// Two servers whose clocks are wrong, one by two hours and one by 90 seconds: nobody notices but the operator.
import assert from "node:assert/strict"
import { join } from "node:path"
import { test } from "node:test"
import { pathToFileURL } from "node:url"
import { testDatabase } from "../database.ts"
import { ask, keyFor, startHilo, type TakenPort, waitUntil } from "../server-process.ts"

const { url: databaseUrl } = await testDatabase()
const preload = pathToFileURL(join(import.meta.dirname, "../shifted-clock.mjs")).href
const wrongBy = (ms: number, role: string) =>
  startHilo({
    databaseUrl,
    settings: { NODE_OPTIONS: `--import ${preload}`, TEST_CLOCK_AHEAD_MS: String(ms), HILO_ROLE: role },
  })
const [ahead, behind] = await Promise.all([wrongBy(7_200_000, "web"), wrongBy(-90_000, "all")])
const admin = await keyFor({ databaseUrl }, "admin")
const connection = await ask(behind.url, admin, "POST", "/connections", {
  kind: "api",
  name: "Puerta",
  reopenWindowMinutes: 60,
  greeting: "Hola",
})
const connectionId = String(connection.body["id"])

let last = 0
const says = async ({ url }: { url: string }, text: string) => {
  const body = { externalId: `m-${++last}`, contact: { id: "+573001112233", name: "Carla" }, text }
  return (await ask<TakenPort>(url, admin, "POST", `/connections/${connectionId}/messages`, body)).body
}
const replies = async ({ url }: { url: string }, id: string, content: string) =>
  String((await ask(url, admin, "POST", `/tickets/${id}/messages`, { content })).body["id"])
type ListedMessage = { id: string; content: string; createdAt: string; delivery: { state: string } }
const thread = async (id: string) =>
  (await ask<{ items: ListedMessage[] }>(ahead.url, admin, "GET", `/tickets/${id}/messages`)).body.items
const sentSoon = (id: string, messageId: string) =>
  waitUntil(
    "the reply has left",
    async () => (await thread(id)).find((one) => one.id === messageId)?.delivery.state === "sent",
  )

test("replies wait for nothing, messages stand in their order, and a closed ticket reopens by its window", async () => {
  const { ticket } = await says(ahead, "uno")
  await waitUntil("the greeting stands there", async () =>
    (await thread(ticket.id)).some(({ content }) => content === "Hola"),
  )
  await says(behind, "dos")
  await sentSoon(ticket.id, await replies(ahead, ticket.id, "tres"))
  await sentSoon(ticket.id, await replies(behind, ticket.id, "cuatro"))
  await says(ahead, "cinco")
  assert.deepEqual(
    (await thread(ticket.id)).map(({ content }) => content).filter((content) => content !== "Hola"),
    ["uno", "dos", "tres", "cuatro", "cinco"],
  )
  await ask(behind.url, admin, "PUT", `/tickets/${ticket.id}/status`, { status: "resolved" })
  await ask(behind.url, admin, "PUT", `/tickets/${ticket.id}/status`, { status: "closed" })
  const again = await says(ahead, "seis")
  assert.deepEqual([again.decision.action, again.ticket.id], ["reopened", ticket.id])
})

test("each server says by how much its clock is wrong", async () => {
  const warnings = async ({ url }: { url: string }) =>
    ((await (await fetch(`${url}/readyz`)).json()) as { warnings: string[] }).warnings.join("\n")
  assert.match(await warnings(ahead), /clock of this server is 7\d\d\d\.\d s ahead of the database's/)
  assert.match(await warnings(behind), /clock of this server is \d\d\.\d s behind the database's/)
})
