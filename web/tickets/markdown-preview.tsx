// An approximation while writing, made of elements and never of HTML; the server's rendering is the truth.
import { lexer, type Token, type Tokens } from "marked"
import { Fragment, type ReactNode } from "react"

const deepest = 20

export function MarkdownPreview({ text }: { text: string }) {
  return (
    <div dir="auto" className="prose">
      {drawn(lexer(text.slice(0, 65_536), { gfm: true, breaks: true }), 0)}
    </div>
  )
}

function drawn(tokens: Token[] | undefined, depth: number): ReactNode {
  if (depth > deepest) return null
  return tokens?.map((token, index) => <Fragment key={index}>{draw(token, depth + 1)}</Fragment>)
}

function draw(token: Token, depth: number): ReactNode {
  const inside = () => drawn("tokens" in token ? token.tokens : undefined, depth)
  switch (token.type) {
    case "paragraph":
      return <p>{inside()}</p>
    case "heading":
      return (
        <p>
          <strong>{inside()}</strong>
        </p>
      )
    case "strong":
      return <strong>{inside()}</strong>
    case "em":
      return <em>{inside()}</em>
    case "del":
      return <del>{inside()}</del>
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>
    case "code":
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case "blockquote":
      return <blockquote>{inside()}</blockquote>
    case "list":
      return list(token as Tokens.List, depth)
    case "link":
      return link(token as Tokens.Link, inside())
    case "br":
      return <br />
    case "hr":
      return <hr />
    case "space":
      return null
    default:
      return "tokens" in token && token.tokens ? inside() : plain(token)
  }
}

function list({ ordered, items }: Tokens.List, depth: number) {
  const Tag = ordered ? "ol" : "ul"
  return (
    <Tag>
      {items.map((item, index) => (
        <li key={index}>{drawn(item.tokens, depth)}</li>
      ))}
    </Tag>
  )
}

function link({ href }: Tokens.Link, inside: ReactNode) {
  if (!/^(https?:|mailto:)/i.test(href)) return inside
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {inside}
    </a>
  )
}

const plain = (token: Token) => ("text" in token ? String(token.text) : token.raw)
