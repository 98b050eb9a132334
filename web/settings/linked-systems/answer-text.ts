// Which words belong to what the server found when it asked a linked system, just now or before. Pure: its finding in, the id of a text out.
import type { TextId } from "#texts/languages-and-text-ids.ts"

const texts: [found: RegExp, text: TextId][] = [
  [/^tickets can be read$/, "linkedSystems.result.readable"],
  [/^last hook at (.+)$/, "linkedSystems.result.lastHook"],
  [/^no hook has arrived yet$/, "linkedSystems.result.noHook"],
  [/HTTP (401)$/, "linkedSystems.result.credentials"],
  [/HTTP (403)$/, "linkedSystems.result.forbidden"],
  [/HTTP (404)$/, "linkedSystems.result.address"],
  [/HTTP (429)$/, "linkedSystems.result.tooMany"],
  [/HTTP (5\d\d)$/, "linkedSystems.result.broken"],
  [/not JSON$|cannot be read$|no token in the answer$/, "linkedSystems.result.notTheApi"],
  [/no such name$/, "linkedSystems.result.noSuchName"],
  [/name not resolved$/, "linkedSystems.result.notResolved"],
  [/connection refused$/, "linkedSystems.result.connectionRefused"],
  [/certificate not trusted$/, "linkedSystems.result.certificate"],
  [/not reached$/, "linkedSystems.result.notReached"],
  [/no answer in time$|no answer$|broke off$|not answer lately$/, "linkedSystems.result.noAnswer"],
  [/requests take too long$/, "linkedSystems.result.busy"],
]

/** The text, and what it names: a status of HTTP or an instant. Null for what has none. */
export function answerText(detail: string): [id: TextId, value: string] | null {
  for (const [found, text] of texts) {
    const match = found.exec(detail)
    if (match) return [text, match[1] ?? ""]
  }
  return null
}
