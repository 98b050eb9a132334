// What the headers of a mail say that came back to where it was sent from. Pure.

/** `authservId`: how the mailbox's own server signs what it found out of a sender (RFC 8601); null where it says nothing. */
export type ReturnedMail = { way: WayBack; from: string; messageId: string | null; authservId: string | null }

/** To the address itself, to it with a token, to it with a null Return-Path, or from an alias to that very alias, by its number. */
export type WayBack = "plain" | "plus" | "null" | `alias${number}`

const isWayBack = (word: string | undefined): word is WayBack => /^(plain|plus|null|alias\d{1,2})$/.test(word ?? "")

/** Null of a mail that is none of these. */
export function readReturnedMail(headers: string, nonce: string): ReturnedMail | null {
  const fields = headers.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)
  const first = (name: string) => {
    const field = fields.find((one) => one.toLowerCase().startsWith(`${name}:`))
    return field?.slice(name.length + 1).trim() ?? null
  }
  const [mark, way] = (first("x-hilo-verification") ?? "").split(" ")
  if (mark !== nonce || !isWayBack(way)) return null
  const messageId = first("message-id")?.replace(/^<|>$/g, "") ?? null
  const authservId = first("authentication-results")?.split(/[;\s]/)[0] || null
  return { way, from: (first("from") ?? "").toLowerCase(), messageId, authservId }
}
