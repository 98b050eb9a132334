// How long it takes to read a mail: over the mails of other projects' test suites where they lie beside this repository, and over one
// with the largest attachment that a mailbox takes.
import { existsSync, globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { openMailReader } from "#channels/email/message/mail-reader.ts"

export type MailReadingResult = {
  mails: number
  p50: number
  p99: number
  unreadable: number
  largest: { megabytes: number; seconds: number; extraMegabytes: number }
}

const goalMs = 50
const largestMegabytes = 35

export async function benchMailReading(): Promise<MailReadingResult> {
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
    return { mails: mails.length, p50: at(0.5), p99: at(0.99), unreadable, largest: await readLargest(reader) }
  } finally {
    await reader.close()
  }
}

function sampleMails(): Uint8Array<ArrayBuffer>[] {
  const folder = ["../shared", "../../shared"]
    .map((path) => join(import.meta.dirname, "../..", path, "vectors/mail"))
    .find((path) => existsSync(path))
  const files =
    folder === undefined ? [] : globSync("**/*.{eml,raw,msg}", { cwd: folder }).map((file) => join(folder, file))
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

async function readLargest(reader: ReturnType<typeof openMailReader>): Promise<MailReadingResult["largest"]> {
  const line = `${"QUJD".repeat(19)}\r\n`
  const head =
    "From: a@x.example\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
  const before = process.memoryUsage.rss()
  let most = before
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  const raw = new Uint8Array(Buffer.from(head + line.repeat(Math.floor((largestMegabytes * 1e6) / line.length))))
  const began = performance.now()
  const outcome = await reader.read(raw, { authservId: null })
  const seconds = (performance.now() - began) / 1_000
  clearInterval(look)
  if (outcome.state === "unreadable") throw new Error(`the largest mail is unreadable: ${outcome.because}`)
  return { megabytes: largestMegabytes, seconds, extraMegabytes: (most - before) / 1e6 }
}

export function mailReadingPart({ mails, p50, p99, unreadable, largest }: MailReadingResult): string[] {
  return [
    "## Reading mails",
    `${mails.toLocaleString("en")} mails, one after another in the reader's thread: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms${p99 <= goalMs ? "" : " – missed"} (goal ${goalMs} ms), ${unreadable} unreadable. One of ${largest.megabytes} MB takes ${largest.seconds.toFixed(1)} s and ${largest.extraMegabytes.toFixed(0)} MB of memory besides (goal 150 MB).`,
  ]
}
