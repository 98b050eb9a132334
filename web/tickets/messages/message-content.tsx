import { useState } from "react"
import type { ChannelMarks } from "../../../src/markdown/index.ts"
import { MessageFiles } from "../../files/message-files.tsx"
import { useTexts } from "../../lib/language.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { mailContent } from "./mail/load-mail-parts.ts"
import type { Message } from "./message-queries.ts"
import { parseFormattedText } from "./parse-formatted-text.ts"
import { FormattedText } from "./formatted-text.tsx"

const stands = ["image", "video", "audio", "voice", "document", "sticker"] as const

interface Props {
  message: Message
  name: string
  marks: ChannelMarks
  ticketNumber: string
}

/** What was said. The server has made its HTML safe once, when the message was stored; the rest is plain text. */
export function MessageContent({ ticketNumber, ...props }: Props) {
  const { t } = useTexts()
  const [isMailMissing, setMailMissing] = useState(false)
  const { message, name, marks } = props
  const text = <PlainContent {...props} />
  if (!message.mail || isMailMissing) return text
  const renderText = (content: string) => (
    <PlainContent message={{ ...message, content, attachments: [] }} name={name} marks={marks} />
  )
  const renderFiles = (files: Message["attachments"]) => <MessageFiles files={files} alt={t("file.of", { name })} />
  return (
    <LoadedLater
      load={mailContent}
      props={{ message, name, ticketNumber, renderText, renderFiles }}
      fallback={text}
      onFailed={() => setMailMissing(true)}
    />
  )
}

function PlainContent({ message, name, marks }: Omit<Props, "ticketNumber">) {
  const { t } = useTexts()
  const { content, contentHtml, attachments } = message
  const isNamedByFile = useStandIn()(message)
  const caption = isNamedByFile ? "" : content
  return (
    <div className="min-w-0">
      <MessageFiles files={attachments} alt={caption || t("file.of", { name })} />
      {contentHtml ? (
        <div dir="auto" className="prose min-w-0" dangerouslySetInnerHTML={{ __html: contentHtml }} />
      ) : (
        !isNamedByFile && (
          <p dir="auto" className="min-w-0 break-words whitespace-pre-wrap [overflow-wrap:anywhere]">
            {content ? <Plain message={message} marks={marks} /> : <NoText message={message} />}
          </p>
        )
      )}
    </div>
  )
}

/** "Photo" above a photo says nothing: such words are for lists, where only words stand. */
function useStandIn() {
  const { t } = useTexts()
  return ({ content, attachments }: Message) =>
    attachments.length > 0 &&
    (content === "" ||
      attachments.some(({ name }) => name === content) ||
      stands.some((one) => t(`received.${one}`) === content))
}

function NoText({ message }: { message: Message }) {
  const { t } = useTexts()
  return (
    <span className="text-faint">{t(message.kind === "reaction" ? "message.reactionGone" : "message.noText")}</span>
  )
}

function Plain({ message, marks }: { message: Message; marks: ChannelMarks }) {
  const { t } = useTexts()
  if (message.kind === "reaction") return t("message.reacted", { emoji: message.content })
  return <FormattedText spans={parseFormattedText(message.content, marks)} />
}
