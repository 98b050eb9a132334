// Who wrote the mail that another one forwards: an agent is offered them as requester, and nothing is done by itself, for anybody can
// write these lines.
import { firstAddress } from "../headers/mail-addresses.ts"
import type { MailAddress } from "../read-mail.ts"
import { headerLabel, isForwardLine } from "./quote-phrases.ts"

const linesBehind = 12
const mostLines = 5_000

/** The first sender that stands in a forwarded header block. */
export function forwardedFrom(text: string, isForward: boolean): MailAddress | null {
  const lines = text.split("\n", mostLines)
  const begins = lines.findIndex((line) => isForwardLine(line))
  if (begins < 0 && !isForward) return null
  const from = Math.max(begins, 0)
  const until = begins < 0 ? mostLines : from + linesBehind
  for (const line of lines.slice(from, until)) {
    if (headerLabel(line) !== "from") continue
    const sender = firstAddress(
      line
        .slice(line.indexOf(":") + 1)
        .replaceAll(/mailto:/gi, "")
        .slice(0, 1_000),
    )
    if (sender) return sender
  }
  return null
}
