import { X } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import type { Message } from "./message-queries.ts"
import { useSenderName } from "./sender-name.ts"

const excerpt = ({ content, attachments }: Message) =>
  (content || attachments[0]?.name || "").slice(0, 200).replace(/\s+/g, " ")

/** The message that another one answers: a click leads to it. One that is not loaded can only be spoken of. */
export function QuotedMessage({ message, onClick }: { message: Message | undefined; onClick: () => void }) {
  const { t } = useTexts()
  if (!message)
    return <p className="mb-1 border-l-2 border-edge pl-2 text-xs text-muted">{t("message.answersEarlier")}</p>
  return (
    <button
      type="button"
      onClick={onClick}
      title={t("message.goTo")}
      className="mb-1 block max-w-full rounded-r border-l-2 border-edge py-0.5 pr-2 pl-2 text-left text-xs text-muted hover:bg-hover"
    >
      <Excerpt message={message} />
    </button>
  )
}

/** Above the box in which its answer is written. */
export function ReplyQuote({ message, onDrop }: { message: Message; onDrop: () => void }) {
  const { t } = useTexts()
  return (
    <div className="mb-1.5 flex items-center gap-2 border-l-2 border-accent pl-2 text-xs text-muted">
      <div className="min-w-0 grow">
        <Excerpt message={message} />
      </div>
      <Button look="quiet" size="icon" aria-label={t("composer.dropQuote")} onClick={onDrop}>
        <X />
      </Button>
    </div>
  )
}

function Excerpt({ message }: { message: Message }) {
  const name = useSenderName(message)
  return (
    <>
      <span className="block truncate font-strong">{name}</span>
      <span dir="auto" className="line-clamp-2 break-words">
        {excerpt(message)}
      </span>
    </>
  )
}
