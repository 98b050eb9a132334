// A mail server of our own, over real SMTP: it takes e-mails, refuses them, or goes away in the middle of one.
import type { AddressInfo } from "node:net"
import { after } from "node:test"
import { SMTPServer, type SMTPServerSession } from "smtp-server"
import { openMailTransport } from "#kernel/mail/mail-transport.ts"

export type ReceivedMail = {
  from: string
  to: string[]
  raw: string
  /** Unfolded, and decoded when it is written in UTF-8. */
  header: (name: string) => string | undefined
  text: string
}

/** What it answers at one step of SMTP, as real servers say it: `550 5.1.1 no such user`. */
type RefusalStep = { at: "MAIL" | "RCPT" | "DATA"; code: number; text: string }

/** What it does with the next e-mails: a number is the answer to all of it, `cut` hangs up after the whole e-mail came. */
type Behaviour = "take" | "cut" | number | RefusalStep

export async function startSmtpServer(publicUrl: string, mailFrom?: string) {
  const got: ReceivedMail[] = []
  const mailbox = { does: "take" as Behaviour }
  const answer = (at: RefusalStep["at"]) => {
    const { does } = mailbox
    if (typeof does === "number" && at === "DATA") return Object.assign(new Error("no"), { responseCode: does })
    if (typeof does !== "object" || does.at !== at) return null
    return Object.assign(new Error(does.text), { responseCode: does.code })
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onMailFrom: (_address, _session, done) => done(answer("MAIL")),
    onRcptTo: (_address, _session, done) => done(answer("RCPT")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on("data", (chunk: Buffer) => chunks.push(chunk))
      stream.on("end", () => {
        const refusal = answer("DATA")
        if (refusal) return done(refusal)
        got.push(emailOf(session, Buffer.concat(chunks).toString()))
        if (mailbox.does === "take") done()
        else for (const connection of server.connections) (connection as { close: () => void }).close()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => new Promise<void>((closed) => server.close(closed)))
  const smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  const post = openMailTransport({ publicUrl, dataFolder: "/nowhere", smtpUrl, mailFrom })
  return Object.assign(mailbox, { smtpUrl, post, take: () => got.splice(0) })
}

function emailOf({ envelope: { mailFrom, rcptTo } }: SMTPServerSession, raw: string): ReceivedMail {
  const end = raw.indexOf("\r\n\r\n")
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")
  const header = (name: string) => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    return line === undefined ? undefined : inWords(line.slice(name.length + 1).trim())
  }
  const to = rcptTo.map(({ address }) => address)
  const text = bodyOf(raw.slice(end + 4), header("Content-Transfer-Encoding"))
  return { from: mailFrom ? mailFrom.address : "", to, raw, header, text }
}

const inWords = (value: string) =>
  value
    .replace(/\?= =\?/g, "?==?")
    .replace(/=\?utf-8\?(q|b)\?(.*?)\?=/gi, (_whole, how: string, coded: string) =>
      how.toLowerCase() === "b" ? Buffer.from(coded, "base64").toString() : fromQuoted(coded.replaceAll("_", " ")),
    )

function bodyOf(body: string, encoding = "7bit"): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString()
  return encoding === "quoted-printable" ? fromQuoted(body.replace(/=\r\n/g, "")) : body
}

const fromQuoted = (coded: string) =>
  Buffer.from(
    coded.replace(/=([0-9A-F]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString()
