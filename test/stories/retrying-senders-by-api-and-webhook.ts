// Those who write to a desk whose servers are killed under them. Each does as real senders do: without an answer the same
// again, at whichever server answers, until it is acknowledged. What was acknowledged stands in journals.
import assert from "node:assert/strict"
import type { SeededRandom } from "../../demo/seeded-random.ts"
import { signed, webhook } from "../fakes/graph-api.ts"
import { ask, type ProcessOutput, type TakenPort, waitUntil } from "../server-process.ts"

type Desk = { urls: string[]; key: string; api: string; number: string; random: SeededRandom }
type ReceivedEvent = { wamid: string; phone: string }

export const longEnoughMs = 1_800_000

/** Sends until a server has done it. What is neither an answer nor "later" is a fault. */
export function createSender(urls: string[], key: string) {
  const count = { acknowledged: 0, again: 0 }
  let [turn, last] = [0, 0]
  const next = () => ++last
  const insist = async <Body>(send: (url: string) => Promise<ProcessOutput<Body>>): Promise<Body> => {
    let answer: ProcessOutput<Body> | null = null
    const isDone = async () => {
      answer = await send(urls[turn++ % urls.length]!).catch(() => null)
      if (answer !== null && answer.status < 300) return true
      if (answer !== null) assert.ok(answer.status >= 500 || answer.status === 409, JSON.stringify(answer.body))
      count.again++
      return false
    }
    await waitUntil("a server has answered", isDone, longEnoughMs)
    count.acknowledged++
    return answer!.body
  }
  const write = (method: string, path: string, body: object) => {
    const headers = {
      "idempotency-key": `once-${next()}`,
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
    }
    return insist(async (url) => {
      const said = await send(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
      return { ...said, body: JSON.parse(said.body) as { id: string } }
    })
  }
  return { insist, write, count, next }
}

export function createWriters({ urls, key, api, number, random }: Desk) {
  const { insist, write, count, next } = createSender(urls, key)
  const said: { externalId: string; ticketId: string; messageId: string }[] = []
  const received: ReceivedEvent[] = []
  const replied: { messageId: string; ticketId: string; content: string }[] = []
  const campaigns: { id: string; phones: string[] }[] = []

  /** Through the API: known by its `externalId` alone. */
  const say = async () => {
    const externalId = `m-${next()}`
    const body = {
      externalId,
      contact: { id: `+57300${1_000_000 + random.whole(0, 400)}` },
      text: `hola ${externalId}`,
    }
    const { ticket, message } = await insist((url) =>
      ask<TakenPort>(url, key, "POST", `/connections/${api}/messages`, body),
    )
    said.push({ externalId, ticketId: ticket.id, messageId: message.id })
  }

  /** Through the webhook: one to three messages, now and then posted once more in another envelope. */
  const listen = async () => {
    const all = Array.from({ length: random.whole(1, 3) }, () => {
      return { wamid: `wamid.in-${next()}`, phone: `57301${1_000_000 + random.whole(0, 60)}` }
    })
    await insist((url) => post(`${url}/webhooks/whatsapp/${number}`, all))
    if (random.chance(0.25)) await insist((url) => post(`${url}/webhooks/whatsapp/${number}`, all.toReversed()))
    received.push(...all)
  }

  /** An agent's answer to one of these tickets. */
  const reply = async (tickets: string[]) => {
    const [ticketId, content] = [random.pick(tickets), `respuesta ${next()}`]
    const { id } = await write("POST", `/tickets/${ticketId}/messages`, { content })
    replied.push({ messageId: id, ticketId, content })
  }

  const campaign = async (people: number) => {
    const template = { name: "corte", language: "es", parameters: ["{name}"] }
    const plan = { name: `Corte ${next()}`, kind: "messaging", connectionId: number, template }
    const { id } = await write("POST", "/campaigns", plan)
    const phones = Array.from({ length: people }, () => `+57302${1_000_000 + next()}`)
    await write("POST", `/campaigns/${id}/recipients`, { recipients: phones.map((phone) => ({ phone, name: "Rosa" })) })
    await write("PUT", `/campaigns/${id}/status`, { status: "running" })
    campaigns.push({ id, phones })
  }
  return { said, received, replied, campaigns, say, hear: listen, reply, campaign, count }
}

export type Writers = ReturnType<typeof createWriters>

function post(address: string, all: ReceivedEvent[]): Promise<ProcessOutput<string>> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const messages = all.map(({ wamid, phone }) => {
    return { from: phone, id: wamid, timestamp, type: "text", text: { body: `texto ${wamid}` } }
  })
  const contacts = all.map(({ phone }) => ({ wa_id: phone, profile: { name: "Carla" } }))
  const { payload, headers } = signed(webhook({ contacts, messages }))
  return send(address, { method: "POST", headers, body: payload })
}

async function send(address: string, request: RequestInit): Promise<ProcessOutput<string>> {
  const response = await fetch(address, { ...request, signal: AbortSignal.timeout(20_000) })
  return { status: response.status, headers: response.headers, body: await response.text() }
}
