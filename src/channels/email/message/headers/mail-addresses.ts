// Addresses of a header field, read from its raw text: to decode encoded words first would let a name end the list.
import addressparser from "nodemailer/lib/addressparser"
import { decodeWords } from "postal-mime"
import { cleanLine } from "../clean-text.ts"
import type { MailAddress } from "../read-mail.ts"

const longestAddress = 254
const longestName = 200

/** Those that can be written to, each once, at most `most`. What is no address is left out. */
export function parseAddresses(value: string, most: number): MailAddress[] {
  const found = new Map<string, MailAddress>()
  // A name with an unquoted comma is cut at it: its first half comes as an entry without an address.
  let cutName: string[] = []
  for (const { name, address } of addressparser(value, { flatten: true })) {
    const read = readAddress(address)
    if (read === null) {
      if (name !== "") cutName.push(name)
      continue
    }
    const whole = cleanLine(decoded([...cutName, name].filter((part) => part !== "").join(", ")), longestName)
    cutName = []
    const known = found.get(read)
    if (!known || known.name === "") found.set(read, { name: whole === read ? "" : whole, address: read })
    if (found.size === most) break
  }
  return [...found.values()]
}

export const firstAddress = (value: string | null): MailAddress | null =>
  value === null ? null : (parseAddresses(value, 1)[0] ?? null)

function readAddress(text: string): string | null {
  const address = cleanLine(decoded(text), longestAddress * 2).toLowerCase()
  const at = address.lastIndexOf("@")
  const isOne = at > 0 && at < address.length - 1 && !/[\s<>,;]/.test(address) && address.length <= longestAddress
  return isOne ? address : null
}

const decoded = (text: string) => (text.includes("=?") ? decodeWords(text) : text)
