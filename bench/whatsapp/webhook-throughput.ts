// The webhook beside the API: it only stores, and intake works behind it meanwhile.
import type { BenchPostgres } from "../postgres-for-bench.ts"
import { type LoadFigures, runLoad } from "../closed-loop-load.ts"
import { type MixContact, createMessageMix } from "../intake-message-mix.ts"
import { openHttpConnection, type HttpConnection } from "../keep-alive-http-client.ts"
import { callApi, type ConnectedServer, startConnectedServer } from "./server-with-connected-number.ts"
import { signatureHeaders, webhookBody } from "./signed-webhook.ts"

export type WebhookThroughput = { webhook: LoadFigures; api: LoadFigures }

const clients = 32

export async function benchWebhook(ground: BenchPostgres, { seconds, rounds }: { seconds: number; rounds: number }) {
  const place = await startConnectedServer(ground, "webhook_door")
  const fields = { kind: "api", name: "API" }
  const { id: apiId } = await callApi<{ id: string }>(place.server, place.keys, "POST", "/connections", fields)
  const api = traffic(place, (wire, contact, externalId, text) =>
    wire.send("POST", `/api/v1/connections/${apiId}/messages`, {
      externalId,
      contact: { id: contact.phone, name: contact.name },
      text,
    }),
  )
  const webhook = traffic(place, (wire, contact, id, text) => {
    const body = webhookBody(contact, id, text)
    return wire.send("POST", `/webhooks/whatsapp/${place.connectionId}`, body, signatureHeaders(JSON.stringify(body)))
  })
  const found: WebhookThroughput[] = []
  await api.begin(500)
  await webhook.begin(500)
  for (let round = 0; round <= rounds; round++) {
    const both = {
      api: await runLoad({ clients, seconds, work: api.next }),
      webhook: await runLoad({ clients, seconds, work: webhook.next }),
    }
    // The first round compiles and plans.
    if (round > 0) found.push(both)
  }
  api.close()
  webhook.close()
  await place.server.stop()
  place.graph.close()
  return found
}

type Send = (
  wire: HttpConnection,
  contact: MixContact,
  id: string,
  text: string,
) => Promise<{ status: number; text: string }>

function traffic({ server, keys }: ConnectedServer, send: Send) {
  const free = Array.from({ length: clients }, () => openHttpConnection(server.base, keys.admin))
  const all = [...free]
  const post = async (contact: MixContact, id: string, text: string) => {
    const wire = free.pop()!
    try {
      const answer = await send(wire, contact, id, text)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`)
    } finally {
      free.unshift(wire)
    }
  }
  return { ...createMessageMix(post, post), close: () => all.forEach((wire) => wire.close()) }
}
