// What a JSON text holds, counted before it is parsed: parsing millions of brackets, or a hundred thousand names that
// differ, costs a second in which nobody else is served; counting them costs some milliseconds.
import { invalidField, type Refusal } from "../errors.ts"

/** How deep the values of a body may lie. */
export const maxJsonDepth = 40
// Of names that differ. A thousand items with the same ten fields have ten.
const mostNames = 5_000

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]
const openings = new Set([0x5b, 0x7b])
const closings = new Set([0x5d, 0x7d])

/** The refusal that a JSON text of too many names or brackets deserves, or null. Text that is no JSON is not its concern. */
export function exceedsJsonLimits(json: string): Refusal | null {
  const names = new Set<string>()
  const within: string[] = []
  let [depth, textFrom, textTo] = [0, 0, 0]
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at)
    if (sign === quote) {
      textFrom = at + 1
      at = textTo = endOfText(json, textFrom)
    } else if (sign === colon) {
      const name = (within[depth] = json.slice(textFrom, textTo))
      if (name === "__proto__") return invalidField(placeOf(within, depth + 1), "is not a known field")
      names.add(name)
      if (names.size > mostNames) return invalidField(placeOf(within, depth), "holds too many fields")
    } else if (openings.has(sign) && ++depth > 2 * maxJsonDepth) return invalidField("body", "is nested too deeply")
    else if (closings.has(sign)) within.length = Math.max(0, depth--)
  }
  return null
}

function endOfText(json: string, from: number): number {
  let at = from
  for (let sign = json.charCodeAt(at); at < json.length && sign !== quote; sign = json.charCodeAt(at))
    at += sign === backslash ? 2 : 1
  return at
}

// By the names around it; the body itself has none.
const placeOf = (within: string[], depth: number) =>
  within.slice(0, depth).filter(Boolean).join(".").slice(0, 200) || "body"
