// A desk that sends through a fake Graph API: an agent who writes, customers who wrote first, and outboxes to let work.
import { createOutbound } from "#kernel/outbound/http-client.ts"
import { createLog } from "#kernel/log.ts"
import { connectionRoutes } from "#connections/index.ts"
import { replyRoutes } from "#replies/index.ts"
import { createOutbox, type Outbox } from "../../src/outbox/send-queued.ts"
import { member, openDesk } from "./test-desk.ts"
import { type MessageSource, openMessageSource } from "./message-source.ts"
import { accessToken, appSecret, startFakeGraphApi, phoneNumberId, wabaId } from "../fakes/graph-api.ts"

const settings = { phoneNumberId, wabaId, accessToken, appSecret, verifyToken: "verify-me-please" }

export async function openSending(...more: NonNullable<Parameters<typeof openDesk>[0]>[]) {
  const graph = await startFakeGraphApi()
  const desk = await openDesk((app, kit) => {
    connectionRoutes(app, kit)
    replyRoutes(app, kit)
    for (const register of more) register(app, kit)
  })
  desk.channelApis = { whatsapp: graph.url }
  desk.outbound = createOutbound({ allowPrivate: ["127.0.0.1"] })
  const ana = await member(desk, { name: "Ana", email: "ana@example.com", role: "admin" })
  const newOutbox = () => createOutbox({ kit: desk, log: createLog("silent") })
  const outbox = newOutbox()
  let phones = 0

  /** Sends until nothing is due. */
  const work = async (box: Outbox = outbox) => {
    do await box.idle()
    while (await box.step())
    await box.idle()
  }

  /** Somebody who has just written. */
  const customer = async (source: MessageSource) => {
    const phone = `+5730011${String(++phones).padStart(5, "0")}`
    const wrote = `wamid.in-${phones}`
    const { ticket } = await source.says(phone, { as: "phone", externalId: wrote })
    const path = `/tickets/${ticket!.id}`
    const write = (content: string, more: object = {}) => ana.call("POST", `${path}/messages`, { content, ...more })
    return {
      phone,
      wrote,
      path,
      write,
      ticketId: ticket!.id,
      queue: async (content: string) => String((await write(content)).body["id"]),
      retry: (id: string) => ana.call("POST", `${path}/messages/${id}/retry`, {}),
    }
  }

  /** A new number, and a Graph API without any state. What was queued before is out of the way. */
  const connect = async (): Promise<MessageSource> => {
    await desk.db.pool.query("update sends set state = 'cancelled', revive_at = null where state <> 'sent'")
    // The numbers are all the same to Graph.
    await desk.db.pool.query("update connections set shares_number = true")
    Object.assign(graph, { accepted: [], tries: [], marks: [], uploads: [], script: [], token: accessToken })
    graph.otherwise = () => ({ does: "accept" })
    return openMessageSource(desk, { kind: "whatsapp", settings })
  }

  const stateOf = async (messageId: string) => {
    const { rows } = await desk.db.pool.query(
      `select m.delivery_state as message, m.delivery_reason as reason, m.external_id as "externalId", s.state, s.tries
       from messages m join sends s on s.message_id = m.id where m.id = $1`,
      [messageId],
    )
    return rows[0] as { message: string; reason: string | null; externalId: string; state: string; tries: number }
  }
  const callbacks = () => graph.accepted.map((it) => it.callback)
  return { accessToken, graph, desk, ana, newOutbox, work, customer, connect, stateOf, callbacks }
}
