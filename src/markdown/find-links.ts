// Web addresses in a plain text: where each one begins and ends. One place for what customers and staff write.

/** `href` is the address with its scheme; `start` and `end` are offsets of the text. */
export type FoundLink = { start: number; end: number; href: string }

// Signs of other scripts end an address too: sentences in Chinese and Japanese have no blanks.
const address =
  /(?<![\p{Script=Latin}\p{N}@/.])(?:https?:\/\/|www\.(?=[\p{L}\p{N}]))[^\s<>"\u2060，。；：！？、（）「」『』【】《》]+/giu
const closing: Record<string, string> = { ")": "(", "]": "[", "}": "{" }
const endings = new Set(".,;:!?'’”»…*_~`")

/** In order, without overlap. */
export function linksIn(text: string): FoundLink[] {
  return [...text.matchAll(address)].flatMap(({ 0: found, index }) => {
    const link = found.slice(0, lengthOf(found))
    if (/^(?:https?:\/\/|www\.)$/i.test(link)) return []
    const href = /^www/i.test(link) ? `https://${link}` : link
    return [{ start: index, end: index + link.length, href }]
  })
}

/** Without the signs of the sentence around it: a closing bracket belongs to the address when its opening one does. */
function lengthOf(found: string): number {
  const open = new Map(Object.entries(closing).map(([end, begin]) => [end, count(found, begin) - count(found, end)]))
  let length = found.length
  for (; length > 0; length--) {
    const sign = found[length - 1]!
    const surplus = open.get(sign)
    if (surplus !== undefined && surplus < 0) open.set(sign, surplus + 1)
    else if (!endings.has(sign)) break
  }
  return length
}

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) found++
  return found
}
