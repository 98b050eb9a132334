// While the demo is watched: somebody writes a mail, and the customers answer each answer.
import { randomUUID } from "node:crypto"
import { composeSceneMail } from "./compose-scene-mail.ts"
import { type DemoMailServer, mailboxAddress, type SentMail } from "./mail-server.ts"

const pauseMs = 5_000
const thanks = ["Perfecto, muchas gracias.", "¿Y eso cuánto tarda?", "Listo, quedo pendiente."]
const writer = { name: "Nora Aguilar", address: "nora@correo.example" }

export function answerAsCustomers(server: DemoMailServer, print: (line: string) => void, signal: AbortSignal): void {
  let answers = 0
  const deliver = (subject: string, text: string, from: typeof writer, answered: string[]) => {
    const at = new Date()
    const id = `${randomUUID()}@correo.example`
    server.deliver(composeSceneMail({ from, subject, text }, { id, at, to: mailboxAddress, answers: answered }), at)
    print(`${from.name || from.address} (mail): ${text}`)
  }
  deliver("¿Tienen la mochila en azul?", "Hola, ¿la mochila Andina viene en azul?", writer, [])
  server.onSent((mail) => {
    const timer = setTimeout(() => {
      const { id, subject } = headersOf(mail)
      const [address = writer.address] = mail.to.filter((one) => !one.includes(mailboxAddress))
      const from = address === writer.address ? writer : { name: "", address }
      deliver(subject, thanks[answers++ % thanks.length]!, from, [id])
    }, pauseMs)
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true })
  })
}

function headersOf({ raw }: SentMail): { id: string; subject: string } {
  const header = raw.slice(0, raw.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ")
  const id = /^message-id:\s*<([^>]+)>/im.exec(header)?.[1] ?? ""
  const subject = /^subject:\s*(.*)$/im.exec(header)?.[1] ?? ""
  return { id, subject: /^re:/i.test(subject) ? subject : `Re: ${subject}` }
}
