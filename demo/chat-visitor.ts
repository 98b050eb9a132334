// Somebody who chats through the real API, with pauses as people make them, and who answers when somebody answers.
import { randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { z } from "zod"

export type ChatVisit = {
  url: string
  chat: string
  signal: AbortSignal
  print: (line: string) => void
  /** Between two of their messages. */
  pauseMs?: number
}

const visitors = [
  {
    name: "Nora Aguilar",
    says: [
      "Hola, ¿hay alguien? 👋",
      "Compré una mochila Andina el lunes y no me llegó el correo de confirmación",
      "El pago sí salió de mi cuenta",
      "El correo es nora@example.com, por si sirve",
      "¿Me pueden confirmar si quedó el pedido?",
    ],
    thanks: ["¡Ah, qué rápido! Gracias", "Perfecto, entonces espero", "Listo 😊 muchas gracias"],
  },
  {
    name: "Harold Finch",
    says: [
      "Hello! Quick question about sizes",
      "I wear 9 US in sneakers, is that a 42?",
      "I am between two sizes to be honest",
      "And can I swap them if they are too tight?",
    ],
    thanks: ["Great, that helps", "Thank you, ordering now", "Cheers!"],
  },
]
const admitted = z.object({ token: z.string() })
const received = z.object({
  messages: z.array(z.object({ id: z.string(), direction: z.string(), author: z.string().nullable() })),
})

export async function isServerReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
  return answer?.ok ?? false
}

/** One visitor after the other until `signal`. */
export async function chatAsVisitors({ pauseMs = 5_000, ...visit }: ChatVisit): Promise<void> {
  for (let n = 0; !visit.signal.aborted; n++) await chatAs(visitors[n % visitors.length]!, visit, pauseMs)
}

async function chatAs(who: (typeof visitors)[number], { url, chat, signal, print }: ChatVisit, pauseMs: number) {
  const chatUrl = `${url}/chat/${chat}`
  const { token } = admitted.parse(await send(`${chatUrl}/visitor`, {}))
  const known = new Set<string>()
  const unsaid = [...who.says]
  let answers = 0
  // After their last word they stay for a while, in case somebody still answers.
  for (let idle = 0; idle < 6 && !signal.aborted; idle++) {
    const newMessages = (await listen(chatUrl, token)).filter(({ id, author }) => author !== null && !known.has(id))
    for (const { id } of newMessages) known.add(id)
    const text = newMessages.length > 0 ? who.thanks[answers++ % who.thanks.length]! : unsaid.shift()
    if (text !== undefined) {
      await send(`${chatUrl}/messages`, { clientId: randomUUID(), text, name: who.name }, token)
      print(`${who.name}: ${text}`)
      idle = 0
    }
    await wait(pauseMs, undefined, { signal }).catch(() => {})
  }
}

async function listen(chatUrl: string, token: string) {
  const answer = await fetch(`${chatUrl}/conversation`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`The chat answered ${answer.status}.`)
  return received.parse(await answer.json()).messages
}

async function send(address: string, body: object, token?: string): Promise<unknown> {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) }
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`The chat answered ${answer.status}.`)
  return answer.json()
}
