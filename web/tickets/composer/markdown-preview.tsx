// What is read, and beside it what leaves: the same parser as the server's, drawn as elements, and written with the channel's marks.
import { Fragment, useMemo, type ReactNode } from "react"
import { type Block, type ChannelMarks, type List, parse, textWithMarks } from "../../../src/markdown/index.ts"
import type { ChannelFeatures } from "../../channels/channel-features-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { parseFormattedText } from "../messages/parse-formatted-text.ts"
import { FormattedText } from "../messages/formatted-text.tsx"

interface Props {
  text: string
  /** None of a note. */
  channel: ChannelFeatures | undefined
}

export function MarkdownPreview({ text, channel }: Props) {
  const { t } = useTexts()
  const preview = (
    <Pane label={t("composer.preview")}>
      <Formatted text={text} marks={channel?.marks ?? "none"} />
    </Pane>
  )
  if (!channel || channel.showsFormatting) return preview
  const leavesAs = t("composer.leavesAs", { channel: t(channel.sentBy ?? channel.name) })
  return (
    <div className="grid h-full grid-cols-2 grid-rows-1 gap-2">
      {preview}
      <Pane label={leavesAs}>
        <p className="text-xs text-muted" aria-hidden>
          {leavesAs}
        </p>
        <p dir="auto" className="break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
          {textWithMarks(text, channel.marks)}
        </p>
      </Pane>
    </div>
  )
}

function Pane({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div
      className="h-full min-h-0 min-w-0 overflow-y-auto rounded border border-line px-3 py-2"
      tabIndex={0}
      aria-label={label}
      role="region"
    >
      {children}
    </div>
  )
}

function Formatted({ text, marks }: { text: string; marks: ChannelMarks }) {
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
