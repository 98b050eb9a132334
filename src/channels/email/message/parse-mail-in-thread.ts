// The parser that mail-reader.ts runs in a thread.
import { parseMail } from "./parse-mail.ts"
import type { MailReadingOptions, ReadMail } from "./read-mail.ts"

export type MailInput = { raw: Uint8Array<ArrayBuffer>; options: MailReadingOptions }

/** Contents of files are handed over, not copied; those that share one buffer are copied. */
export async function parse({ raw, options }: MailInput): Promise<{ output: ReadMail; transfer: ArrayBuffer[] }> {
  const mail = await parseMail(raw, options)
  const transfer = new Set(mail.files.map(({ content }) => content.buffer))
  return { output: mail, transfer: [...transfer] }
}
