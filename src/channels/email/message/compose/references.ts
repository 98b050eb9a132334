// How an answer names the mails before it (RFC 5322 §3.6.4). Servers cut or refuse long headers; the first and the last ids are those
// that programs thread by.

const longestReferences = 1_000
// RFC 5322 §2.1.1: a line of 998 characters, with room for the header's name.
const longestId = 980

/**
 * The ids that an answer names, oldest first and without brackets. `before`: the references of the mail that is answered; `answered`:
 * its own id. At most 1,000 characters with their brackets: the first stays, then as many of the last as fit.
 */
export function referencesOf(before: readonly string[], answered: string | null): string[] {
  const [first, ...rest] = [...new Set([...before, ...(answered === null ? [] : [answered])])].filter(isHeaderSafeId)
  if (first === undefined) return []
  let left = longestReferences - lengthInHeader(first)
  const kept: string[] = []
  for (const id of rest.toReversed()) {
    left -= lengthInHeader(id)
    if (left < 0) break
    kept.unshift(id)
  }
  return [first, ...kept]
}

/** What would end a line or the brackets goes into no header. */
const isHeaderSafeId = (id: string): boolean => /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id) && id.length <= longestId

const lengthInHeader = (id: string) => id.length + 3
