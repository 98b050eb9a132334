// The webhook's door beside the API's: it only stores, and intake works behind it meanwhile.
import type { Ground } from "../ground.ts"
import { type Figures, load } from "../load.ts"
import { type Contact, createTraffic } from "../traffic.ts"
import { openWire, type Wire } from "../wire.ts"
import { type Connected, connect } from "./number.ts"
import { signature, webhookOf } from "./webhook.ts"

export type DoorFound = { webhook: Figures; api: Figures }

const clients = 32

export async function benchDoor(ground: Ground, { seconds, rounds }: { seconds: number; rounds: number }) {
  const place = await connect(ground, "webhook_door")
  const api = traffic(place, (wire, contact, externalId, text) =>
    wire.send("POST", `/api/v1/connections/${place.connectionId}/messages`, {
      externalId,
      contact: { id: contact.phone, name: contact.name },
      text,
    }),
  )
  const webhook = traffic(place, (wire, contact, id, text) => {
    const body = webhookOf(contact, id, text)
    return wire.send("POST", `/webhooks/whatsapp/${place.connectionId}`, body, signature(JSON.stringify(body)))
  })
  const found: DoorFound[] = []
  await api.begin(500)
  await webhook.begin(500)
  for (let round = 0; round <= rounds; round++) {
    const both = {
      api: await load({ clients, seconds, work: api.next }),
      webhook: await load({ clients, seconds, work: webhook.next }),
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

type Send = (wire: Wire, contact: Contact, id: string, text: string) => Promise<{ status: number; text: string }>

function traffic({ server, keys }: Connected, send: Send) {
  const free = Array.from({ length: clients }, () => openWire(server.base, keys.admin))
  const all = [...free]
  const post = async (contact: Contact, id: string, text: string) => {
    const wire = free.pop()!
    try {
      const answer = await send(wire, contact, id, text)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`)
    } finally {
      free.unshift(wire)
    }
  }
  return { ...createTraffic(post, post), close: () => all.forEach((wire) => wire.close()) }
}
