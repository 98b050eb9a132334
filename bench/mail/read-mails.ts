// How long it takes to read a mail, over the mails of other projects' test suites where they lie beside this repository.
import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { openMailReader } from "#channels/email/message/mail-reader.ts"
import { vectorsFolder } from "./recognize-mails.ts"

/** Milliseconds. */
export type MailReading = { mails: number; p50: number; p99: number; unreadable: number }

export async function benchMailReading(): Promise<MailReading> {
  const reader = openMailReader()
  try {
    const mails = sampleMails()
    // Once for what is compiled and loaded on the way.
    for (const mail of mails) await reader.read(mail.slice(), { authservId: null })
    const times: number[] = []
    let unreadable = 0
    for (const mail of mails) {
      const began = performance.now()
      const outcome = await reader.read(mail.slice(), { authservId: null })
      times.push(performance.now() - began)
      if (outcome.state === "unreadable") unreadable++
    }
    const sorted = times.toSorted((a, b) => a - b)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
    return { mails: mails.length, p50: at(0.5), p99: at(0.99), unreadable }
  } finally {
    await reader.close()
  }
}

function sampleMails(): Uint8Array<ArrayBuffer>[] {
  const folder = vectorsFolder()
  const files = folder === null ? [] : globSync("**/*.{eml,raw,msg}", { cwd: folder }).map((file) => join(folder, file))
  return files.length > 0
    ? files.map((file) => new Uint8Array(readFileSync(file)))
    : Array.from({ length: 200 }, (_, n) => answer(n))
}

const answer = (n: number) =>
  new Uint8Array(
    Buffer.from(
      `From: a@x.example\r\nSubject: Re: ${n}\r\nIn-Reply-To: <${n}@x.example>\r\nContent-Type: text/html\r\n\r\n<p>${"palabra ".repeat(n * 10)}</p><blockquote>${"<p>cita</p>".repeat(n * 10)}</blockquote>`,
    ),
  )
