// What somebody does to the lines of addresses of a mail. Pure.
import { type MailAddress, type Recipients, type Role, roles, type Suggested } from "./recipients.ts"

/** To the last writer alone. */
export const replyToOne = ({ to }: Suggested): Recipients => ({
  to: to.slice(0, 1),
  cc: [],
  bcc: [],
  from: null,
  quote: false,
})

const addressesOf = (recipients: Recipients) => roles.flatMap((role) => recipients[role])

/** As many as the server takes. */
export const mostRecipients = 50

export const countRecipients = (recipients: Recipients) => addressesOf(recipients).length

/** Everybody stands once: who is added here leaves the other lines. */
export function addRecipients(recipients: Recipients, role: Role, added: readonly MailAddress[]): Recipients {
  const others = added.reduce((rest, { address }) => removeRecipient(rest, address), recipients)
  const room = mostRecipients - countRecipients(others)
  const first = new Map(added.map((one) => [one.address.toLowerCase(), one]))
  return { ...others, [role]: [...others[role], ...[...first.values()].slice(0, room)] }
}

export function removeRecipient(recipients: Recipients, address: string): Recipients {
  const without = (role: Role) => recipients[role].filter((one) => one.address.toLowerCase() !== address.toLowerCase())
  return { ...recipients, to: without("to"), cc: without("cc"), bcc: without("bcc") }
}

const longestTyped = 10_000
const mailable = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/

/** What somebody typed or pasted: `Bea <bea@example.org>, luis@example.org`. `rest` is what is no address. */
export function readTyped(typed: string): { addresses: MailAddress[]; rest: string } {
  const parts = partsOf(typed.slice(0, longestTyped))
  const read = parts.map((part) => ({ part, found: addressIn(part) }))
  return {
    addresses: read.flatMap(({ found }) => found ?? []),
    rest: read
      .filter(({ found }) => found === null)
      .map(({ part }) => part)
      .join(", "),
  }
}

/** Whether a key pressed behind these words ends an address; a quoted name keeps its commas. */
export const endsAddress = (before: string, key: string) =>
  (key === "," || key === ";") && before.split('"').length % 2 === 1

/** Between commas, semicolons and lines; a quoted name keeps its commas. */
function partsOf(typed: string): string[] {
  const parts = [""]
  let isQuoted = false
  for (const character of typed) {
    if (character === '"') isQuoted = !isQuoted
    if (!isQuoted && /[,;\n\r\t]/.test(character)) parts.push("")
    else parts[parts.length - 1] += character
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "")
}

function addressIn(part: string): MailAddress | null {
  const open = part.lastIndexOf("<")
  const isNamed = open >= 0 && part.endsWith(">")
  const address = (isNamed ? part.slice(open + 1, -1) : part).trim()
  if (address.length > 254 || !mailable.test(address)) return null
  const name = isNamed ? part.slice(0, open).replaceAll('"', "").trim() : ""
  return { name: name.slice(0, 100), address: address.toLowerCase() }
}
