// Staff write Markdown; WhatsApp has marks of its own: *bold*, _italic_, ~struck~, `code`, and no links with a text.
import { lexer, type Token, type Tokens } from "marked"

/** The text as WhatsApp shows it best. Text without marks stays as it is. */
export function whatsappMarks(markdown: string): string {
  return blocks(lexer(markdown, { gfm: true, breaks: true })).trim()
}

function blocks(tokens: Token[]): string {
  return tokens.map(block).filter(Boolean).join("\n\n")
}

function block(token: Token): string {
  switch (token.type) {
    case "heading":
      return around("*", inline(token["tokens"]).replaceAll("*", ""))
    case "paragraph":
    case "text":
      return token["tokens"] ? inline(token["tokens"]) : plain(token["text"])
    case "code":
      return `\`\`\`${token["text"]}\`\`\``
    case "blockquote":
      return blocks(token["tokens"] ?? []).replace(/^/gm, "> ")
    case "list":
      return list(token as Tokens.List)
    case "table":
      return table(token as Tokens.Table)
    case "html":
      return plain(token["text"]).trim()
    case "hr":
      return "———"
    default:
      return ""
  }
}

function list({ ordered, start, items }: Tokens.List): string {
  const first = ordered ? start || 1 : 0
  return items
    .map((item, i) => {
      const sign = ordered ? `${first + i}. ` : "- "
      const box = item.task ? (item.checked ? "☑ " : "☐ ") : ""
      const said = item.tokens.map(block).filter(Boolean).join("\n")
      return sign + box + said.replaceAll("\n", "\n  ")
    })
    .join("\n")
}

function table({ header, rows }: Tokens.Table): string {
  const line = (cells: Tokens.TableCell[]) => cells.map((cell) => inline(cell.tokens)).join(" | ")
  return [header, ...rows].map(line).join("\n")
}

const inline = (tokens: Token[] = []): string => tokens.map(span).join("")

function span(token: Token): string {
  switch (token.type) {
    case "strong":
      return around("*", inline(token["tokens"]))
    case "em":
      return around("_", inline(token["tokens"]))
    case "del":
      return around("~", inline(token["tokens"]))
    case "codespan":
      return around("`", plain(token["text"]))
    case "br":
      return "\n"
    case "link":
      return link(inline(token["tokens"]), token["href"])
    case "image":
      return link(plain(token["text"]), token["href"])
    default:
      return "tokens" in token ? inline(token.tokens) : plain("text" in token ? String(token.text) : token.raw)
  }
}

// A mark counts only where it touches what it marks.
function around(mark: string, text: string): string {
  const [, before = "", inner = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  return inner === "" ? text : before + mark + inner + mark + after
}

const bare = (address: string) => address.replace(/^mailto:/, "")
const link = (text: string, href: string) =>
  text === "" || bare(href) === bare(text) ? bare(href) : `${text} (${bare(href)})`

const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" }
const plain = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => signs[name] ?? "")
