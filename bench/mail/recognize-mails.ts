// How well mails are understood whose meaning is known: bounces, and what an answer quotes. Over the mails of other projects' test suites
// and ours, where they lie beside this repository.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseMail } from "#channels/email/message/parse-mail.ts"
import { readBody } from "#channels/email/message/body/read-body.ts"

export type MailRecognition = {
  bounces: { known: number; of: number }
  traced: { traced: number; of: number }
  /** Characters; `lost`: what is new in an answer and was folded away. */
  quotes: { folded: number; of: number; lost: number; mails: number }
}

type ExpectedReading = { isBounce?: boolean; originalMessageId?: string; visibleText?: string; quoteFolded?: boolean }
type Vector = { file: string; expected?: ExpectedReading }

/** The folder of the mails; null where it is not there. */
export const vectorsFolder = () =>
  ["../shared", "../../shared"]
    .map((path) => join(import.meta.dirname, "../..", path, "vectors/mail"))
    .find((path) => existsSync(path)) ?? null

export async function benchMailRecognition(): Promise<MailRecognition | null> {
  const folder = vectorsFolder()
  if (folder === null) return null
  const vectors = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Vector[]
  const found: MailRecognition = {
    bounces: { known: 0, of: 0 },
    traced: { traced: 0, of: 0 },
    quotes: { folded: 0, of: 0, lost: 0, mails: 0 },
  }
  for (const { file, expected = {} } of vectors) {
    const bytes = new Uint8Array(Buffer.from(filled(readFileSync(join(folder, file), "latin1")), "latin1"))
    if (expected.isBounce === true) await countBounce(found, bytes, expected)
    if (expected.visibleText !== undefined) countQuote(found, await bodyOf(file, bytes), filled(expected.visibleText))
  }
  return found
}

/** What stands in them for an address and an id of ours. */
const filled = (text: string) =>
  text
    .replaceAll("{{mailbox}}", "soporte@example.org")
    .replaceAll("{{message_id_of_ours}}", "ours.1@example.org")
    .replaceAll("{{token}}", "soporte+token@example.org")

async function countBounce(
  { bounces, traced }: MailRecognition,
  bytes: Uint8Array<ArrayBuffer>,
  expected: ExpectedReading,
) {
  const { bounce } = await parseMail(bytes, { authservId: null })
  bounces.of++
  if (bounce?.action === "failed") bounces.known++
  if (expected.originalMessageId === undefined) return
  traced.of++
  if (bounce?.originalMessageId === filled(expected.originalMessageId)) traced.traced++
}

type Body = { text: string; visibleText: string }

/** Some are only the HTML of an answer. */
async function bodyOf(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<Body> {
  if (!file.endsWith(".html")) return parseMail(bytes, { authservId: null })
  return readBody({ text: "", html: new TextDecoder().decode(bytes) }, { isReply: true, isForward: false }, [])
}

/** Without white space, which folding may take away. */
function countQuote({ quotes }: MailRecognition, { text, visibleText }: Body, expected: string) {
  const [all, shown, fresh] = [text, visibleText, expected].map((one) => one.replaceAll(/\s+/g, ""))
  const old = all!.length - fresh!.length
  if (old <= 0) return
  quotes.mails++
  quotes.of += old
  quotes.folded += old - Math.max(0, shown!.length - fresh!.length)
  if (!shown!.includes(fresh!)) quotes.lost += Math.max(1, fresh!.length - shown!.length)
}
