// The mix of messages that both sides of the comparison get: a quarter open a conversation, the rest join one.

export type MixContact = { phone: string; name: string }
type SendStep = (contact: MixContact, externalId: string, text: string) => Promise<void>

export type MessageMix = {
  /** Opens conversations, so that there is something to join. */
  begin: (contacts: number) => Promise<void>
  next: () => Promise<void>
}

const firstsIn = 4
const text =
  "Hola, mi pedido 48213 todavía no llega y la guía dice que salió a reparto ayer. ¿Me pueden ayudar, por favor?"

// One after the other for everybody in this run, so that no two contacts or messages are the same.
let contacts = 0
let messages = 0

export function createMessageMix(first: SendStep, join: SendStep): MessageMix {
  const known: MixContact[] = []
  const open = async () => {
    const n = ++contacts
    const contact = { phone: `+57300${String(n).padStart(7, "0")}`, name: `Carla ${n}` }
    await first(contact, `ext-${++messages}`, text)
    known.push(contact)
  }
  return {
    begin: async (wanted) => {
      const some = Array.from({ length: 8 }, async () => {
        while (known.length < wanted) await open()
      })
      await Promise.all(some)
    },
    next: async () => {
      if (Math.random() * firstsIn < 1) return open()
      const contact = known[Math.floor(Math.random() * known.length)]!
      return join(contact, `ext-${++messages}`, text)
    },
  }
}
