// A mail as it came, apart: its header fields, and the text below them. Pure; nothing is decoded, for that is what one looks at.

export type RawMail = { fields: { name: string; value: string }[]; source: string }

const mostFields = 200

/** Fields that go on over several lines are unfolded (RFC 5322 §2.2.3). */
export function splitRawMail(raw: string): RawMail {
  const end = /\r?\n\r?\n/.exec(raw)
  const head = end ? raw.slice(0, end.index) : raw
  const fields = head
    .replaceAll(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .slice(0, mostFields)
    .flatMap((line) => {
      const colon = line.indexOf(":")
      return colon > 0 ? [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }] : []
    })
  return { fields, source: end ? raw.slice(end.index + end[0].length) : "" }
}
