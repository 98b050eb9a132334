// Text becomes HTML in one place: whatever is put into a template is escaped, unless it is HTML that came from here.

export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | false | null | Html | Html[]

export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(texts.map((text, n) => text + written(parts[n] ?? null)).join(""))
}

function written(part: Part): string {
  if (part === null || part === false) return ""
  if (Array.isArray(part)) return part.map((one) => one.text).join("")
  return part instanceof Html ? part.text : escapeHtml(String(part))
}

/** Text as HTML has it, between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
