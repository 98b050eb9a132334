// What leaves: the same parser as the server's, drawn as elements. With the channel's marks, where it has some.
import { Fragment, useMemo } from "react"
import { type Block, type ChannelMarks, type List, parse, textWithMarks } from "../../../src/markdown/index.ts"
import { parseFormattedText } from "../messages/parse-formatted-text.ts"
import { FormattedText } from "../messages/formatted-text.tsx"

interface Props {
  text: string
  marks: ChannelMarks
}

export function MarkdownPreview({ text, marks }: Props) {
  const blocks = useMemo(() => parse(text), [text])
  if (marks !== "none")
    return (
      <p dir="auto" className="break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
        <FormattedText spans={parseFormattedText(textWithMarks(text, marks), marks)} />
      </p>
    )
  return (
    <div dir="auto" className="prose">
      <Blocks blocks={blocks} />
    </div>
  )
}

const Blocks = ({ blocks }: { blocks: readonly Block[] }) =>
  blocks.map((block, index) => (
    <Fragment key={index}>
      <OneBlock block={block} />
    </Fragment>
  ))

function OneBlock({ block }: { block: Block }) {
  switch (block.type) {
    case "blank":
      return null
    case "paragraph":
      return (
        <p className="whitespace-pre-line">
          <FormattedText spans={block.inner} />
        </p>
      )
    case "heading":
      return (
        <p>
          <strong>
            <FormattedText spans={block.inner} />
          </strong>
        </p>
      )
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      )
    case "quote":
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case "list":
      return <ListOf list={block} />
  }
}

function ListOf({ list: { ordered, items } }: { list: List }) {
  const Tag = ordered ? "ol" : "ul"
  return (
    <Tag>
      {items.map(({ inner, lists }, index) => (
        <li key={index} className="whitespace-pre-line">
          <FormattedText spans={inner} />
          {lists.map((list, nth) => (
            <ListOf key={nth} list={list} />
          ))}
        </li>
      ))}
    </Tag>
  )
}
