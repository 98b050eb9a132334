// Where mail leaves: a mail server, or files to look at when none is set.
import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createTransport } from "nodemailer"
import { parseSender } from "./mail-address.ts"

export type OutgoingEmail = {
  id: string
  to: string
  subject: string
  text: string
  mayLeaveByMailbox?: true | undefined
  topic?: string | undefined
  answerableText?: string | undefined
}
export type MailTransport = { send: (mail: OutgoingEmail) => Promise<void> }

type Setting = { smtpUrl: string | undefined; mailFrom: string | undefined; publicUrl: string; dataFolder: string }

export function openMailTransport({ smtpUrl, mailFrom, publicUrl, dataFolder }: Setting): MailTransport {
  const host = new URL(publicUrl).hostname.replace(/[[\]]/g, "")
  const from = (mailFrom && parseSender(mailFrom)) || { name: "Hilo", address: `hilo@${host}` }
  const composed = (mail: OutgoingEmail) => compose(mail, from, host)
  return smtpUrl === undefined ? files(join(dataFolder, "mail"), composed) : server(smtpUrl, composed)
}

type ComposedMail = ReturnType<typeof compose>

// Addresses as objects: as text they would be parsed, and could be read as more than one.
function compose(
  { id, to, subject, text, topic }: OutgoingEmail,
  from: { name: string; address: string },
  host: string,
) {
  const recipient = { name: "", address: to }
  return {
    from,
    to: recipient,
    envelope: { from: from.address, to: [to] },
    subject,
    text,
    messageId: `<${id}@${host}>`,
    // Nobody ever got the first one: it only holds the others together.
    ...(topic !== undefined && { inReplyTo: `<${topic}@${host}>`, references: `<${topic}@${host}>` }),
    // So that nobody's absence note answers a machine.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function server(url: string, composed: (mail: OutgoingEmail) => ComposedMail): MailTransport {
  const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
  const transport = createTransport({ url, ...patience })
  return { send: async (mail) => void (await transport.sendMail(composed(mail))) }
}

function files(folder: string, composed: (mail: OutgoingEmail) => ComposedMail): MailTransport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" })
  return {
    send: async (mail) => {
      const { message } = await transport.sendMail(composed(mail))
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const path = join(folder, `${mail.id}.eml`)
      // A reader of the folder sees complete mails only.
      await writeFile(`${path}.draft`, message as Buffer, { mode: 0o600 })
      await rename(`${path}.draft`, path)
    },
  }
}
