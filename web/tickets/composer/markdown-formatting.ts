// Markdown put around or before the chosen text. Pure: text and selection in, text and selection out.
export interface TextEdit {
  text: string
  from: number
  to: number
}

export type Format = "bold" | "italic" | "code" | "link" | "list" | "quote"

const marks = { bold: "**", italic: "_", code: "`" } as const
const prefixes = { list: "- ", quote: "> " } as const

export function applyFormat({ text, from, to }: TextEdit, format: Format): TextEdit {
  const chosen = text.slice(from, to)
  if (format === "list" || format === "quote") return prefixed({ text, from, to }, prefixes[format])
  if (format === "link") {
    const replaced = `[${chosen}](https://)`
    const cursor = chosen ? from + replaced.length - 1 : from + 1
    return { text: text.slice(0, from) + replaced + text.slice(to), from: cursor, to: cursor }
  }
  const mark = marks[format]
  const isMarked = text.slice(from - mark.length, from) === mark && text.slice(to, to + mark.length) === mark
  if (isMarked) {
    const plain = text.slice(0, from - mark.length) + chosen + text.slice(to + mark.length)
    return { text: plain, from: from - mark.length, to: to - mark.length }
  }
  return {
    text: text.slice(0, from) + mark + chosen + mark + text.slice(to),
    from: from + mark.length,
    to: to + mark.length,
  }
}

function prefixed({ text, from, to }: TextEdit, prefix: string): TextEdit {
  const start = text.lastIndexOf("\n", from - 1) + 1
  const lines = text.slice(start, to).split("\n")
  const isOn = lines.every((line) => line.startsWith(prefix))
  const changed = lines.map((line) => (isOn ? line.slice(prefix.length) : prefix + line)).join("\n")
  const end = start + changed.length
  return { text: text.slice(0, start) + changed + text.slice(to), from: end, to: end }
}
