import assert from "node:assert/strict"
import { test } from "node:test"
import { createTransport } from "nodemailer"
import { parseMail } from "../parse-mail.ts"
import { composeReply, type OutgoingReply, replySubject } from "./compose-reply.ts"
import { referencesOf } from "./references.ts"

const reply: OutgoingReply = {
  from: { name: "Soporte Ñandú, S.A.", address: "soporte@example.org" },
  replyTo: "soporte+abc@example.org",
  envelopeFrom: "soporte+abc@example.org",
  to: [{ name: "Ana", address: "ana@example.com" }],
  cc: [{ name: "", address: "beto@example.com" }],
  bcc: [{ name: "", address: "oculta@example.com" }],
  subject: "RE: Aw: Re[2]: La factura",
  messageId: `msg_${"0".repeat(32)}.abcdefghijklmnop@un-dominio-bastante-largo.example.org`,
  answered: { messageId: `${"b".repeat(90)}@example.com`, references: ["a@example.com"] },
  text: "Hola, **Ana**\n\nListo.",
  html: "<p>Hola, <strong>Ana</strong></p>",
  signature: "Mesa & Cía.",
  quote: { attribution: "El 3 dic 2025, Ana escribió:", text: "¿Y?\n\n> antes", html: null },
  isAutomatic: false,
  instanceId: "desk_1",
}

async function sent(mail: OutgoingReply): Promise<string> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" })
  const { message } = await transport.sendMail(composeReply(mail))
  return (message as Buffer).toString()
}

test("an answer names what it answers, keeps the subject with one Re:, and hides who gets it besides", async () => {
  const raw = await sent(reply)
  const read = await parseMail(new Uint8Array(Buffer.from(raw)), { authservId: null })
  assert.equal(read.subject, "Re: La factura")
  assert.equal(read.messageId, reply.messageId)
  assert.deepEqual(read.inReplyTo, [reply.answered!.messageId])
  assert.deepEqual(read.references, ["a@example.com", reply.answered!.messageId])
  assert.deepEqual(read.from, reply.from)
  assert.deepEqual(
    read.replyTo.map(({ address }) => address),
    ["soporte+abc@example.org"],
  )
  assert.deepEqual(
    [...read.to, ...read.cc].map(({ address }) => address),
    ["ana@example.com", "beto@example.com"],
  )
  assert.equal(read.visibleText, "Hola, **Ana**\n\nListo.")
  assert.equal(read.signature, "Mesa & Cía.")
  assert.ok(read.hasFoldedHtml && read.html!.includes("<strong>Ana</strong>"))
  assert.equal(read.automatic.kind, "none")
  assert.doesNotMatch(raw, /oculta|List-Unsubscribe/)
  assert.match(raw, /^Message-ID: <msg_/m)
  assert.match(raw, /^In-Reply-To: <b{90}@/m)
  assert.ok(raw.split("\r\n").every((line) => line.length <= 998))
})

test("what Hilo writes itself is known as automatic by everybody, itself included", async () => {
  const raw = await sent({ ...reply, isAutomatic: true })
  const read = await parseMail(new Uint8Array(Buffer.from(raw)), { authservId: null })
  assert.equal(read.automatic.kind, "out_of_office")
  assert.match(raw, /^X-Hilo-Loop: desk_1\r$/m)
})

test("References keep the first id and as many of the last as 1,000 characters hold", () => {
  const ids = Array.from({ length: 60 }, (_, n) => `${String(n).padStart(3, "0")}${"x".repeat(60)}@example.com`)
  const kept = referencesOf(ids, "last@example.com")
  assert.equal(kept[0], ids[0])
  assert.equal(kept.at(-1), "last@example.com")
  assert.deepEqual(kept.slice(1, -1), ids.slice(ids.length - (kept.length - 2)))
  assert.ok(kept.map((id) => `<${id}>`).join(" ").length <= 1_000 && kept.length > 10)
  assert.deepEqual(referencesOf(["a b", "x>y", "ok@x", `${"y".repeat(2_000)}@x`, "ok@x"], null), ["ok@x"])
  assert.deepEqual(referencesOf([], null), [])
})

test("a subject bears one Re:", () => {
  const cases: [string, string][] = [
    ["Caja 2", "Re: Caja 2"],
    ["Re: Caja 2", "Re: Caja 2"],
    ["RE: AW: Re[3]: re : Caja", "Re: Caja"],
    ["Rv: Caja", "Re: Rv: Caja"],
    ["", "Re:"],
    ["Recibo", "Re: Recibo"],
    ["a\r\nBcc: x@y.example", "Re: a Bcc: x@y.example"],
  ]
  for (const [subject, expected] of cases) assert.equal(replySubject(subject), expected, subject)
})
