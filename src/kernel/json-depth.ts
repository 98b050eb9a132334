const [quote, backslash] = [0x22, 0x5c]
const openings = new Set([0x5b, 0x7b])
const closings = new Set([0x5d, 0x7d])

/**
 * Are more than `most` lists and objects open at once in a JSON text? Asked before it is parsed: parsing millions of brackets
 * costs a second, counting them some milliseconds. What is no JSON is for the parser to refuse.
 */
export function isDeeper(json: string, most: number): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const sign = json.charCodeAt(at)
    if (isText && sign === backslash) at++
    else if (sign === quote) isText = !isText
    else if (isText) continue
    else if (openings.has(sign) && ++depth > most) return true
    else if (closings.has(sign)) depth--
  }
  return false
}
