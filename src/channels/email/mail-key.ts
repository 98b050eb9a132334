// By what the same mail is known when it comes again: from another folder, after the mailbox was built anew, twice by two ways.
import { createHash } from "node:crypto"

/** What servers on the way write: it differs in copies of one mail. */
const ofTheWay =
  /^(received|return-path|delivered-to|x-original-to|x-delivered-to|envelope-to|authentication-results|received-spf|arc-.*|dkim-signature|x-.*|list-.*)$/

/**
 * Message-ID, From and Date; programs that use one id for many mails differ in the others. Without an id, the mail but for what
 * servers on the way write. 64 hex digits.
 */
export function mailKey(raw: Buffer): string {
  const { fields, body } = parts(raw)
  const first = (name: string) => fields.find((field) => field.name === name)?.value.trim() ?? ""
  const id = first("message-id")
  const hash = createHash("sha256")
  if (id !== "") return hash.update([id, first("from"), first("date")].join("\n")).digest("hex")
  for (const { name, value } of fields) if (!ofTheWay.test(name)) hash.update(`${name}:${value.trim()}\n`)
  return hash.update("\n").update(body).digest("hex")
}

type Field = { name: string; value: string }

/** Header fields, unfolded, as Latin-1: only that they are the same counts. */
function parts(raw: Buffer): { fields: Field[]; body: Buffer } {
  const text = raw.subarray(0, longestHeader).toString("latin1")
  const end = /\r?\n\r?\n/.exec(text)
  const head = text.slice(0, end?.index ?? text.length)
  const fields = head
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(":")
      return colon < 1 ? [] : [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1) }]
    })
  return { fields, body: raw.subarray(end ? end.index + end[0].length : raw.length) }
}

const longestHeader = 1024 * 1024
