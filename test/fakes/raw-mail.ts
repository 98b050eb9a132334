// A mail as a mailbox has it.
import { imapUser } from "./imap-server.ts"

export type TestMail = {
  id?: string | null
  from?: string
  to?: string
  cc?: string
  subject?: string
  text?: string
  inReplyTo?: string
  references?: readonly string[]
  headers?: Record<string, string>
}

export function rawMail({ id = null, from = "Carla <carla@example.org>", to = imapUser, ...mail }: TestMail): string {
  const headers = {
    From: from,
    To: to,
    ...(mail.cc !== undefined && { Cc: mail.cc }),
    Subject: mail.subject ?? "Sin luz",
    Date: "Sun, 22 Nov 2026 09:00:00 +0000",
    ...(id !== null && { "Message-ID": `<${id}>` }),
    ...(mail.inReplyTo !== undefined && { "In-Reply-To": `<${mail.inReplyTo}>` }),
    ...(mail.references && { References: mail.references.map((one) => `<${one}>`).join("\n ") }),
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    ...mail.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [...lines, "", mail.text ?? "No hay luz en mi calle", ""].join("\n")
}
