// Message-IDs in headers that mail programs and gateways have folded, encoded, cut or stripped of their brackets.
import { decodeWords } from "postal-mime"
import { cleanText } from "../clean-text.ts"

const longestId = 998
export const mostMessageIds = 50

/** Ids without brackets in the order of the header, each once. Words around them are no ids. */
export function parseMessageIds(value: string): string[] {
  const text = value.includes("=?") ? decodeWords(value) : value
  const bracketed = [...text.matchAll(/<([^<>]*)>/g)].map(([, id]) => id!)
  const ids = bracketed.length > 0 ? bracketed : text.split(/[\s,<>]+/).filter((word) => word.includes("@"))
  const cleaned = ids.map((id) => cleanText(id).replaceAll(/\s+/g, ""))
  return [...new Set(cleaned)].filter((id) => id !== "" && id.length <= longestId)
}

/** The first, which began the thread, and the last ones, which are nearest to the mail. */
export function boundedIds(ids: readonly string[]): string[] {
  return ids.length <= mostMessageIds ? [...ids] : [ids[0]!, ...ids.slice(1 - mostMessageIds)]
}
