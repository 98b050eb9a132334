import type { ComponentProps, KeyboardEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { cx } from "../ui/cx.ts"
import { useNameOf } from "./contact.ts"
import type { Ticket } from "./ticket.ts"

interface Props extends ComponentProps<"textarea"> {
  ticket: Ticket
  isNote: boolean
  onWrite: (text: string) => void
  onSend: () => void
  /** Pasted or dropped; undefined where none can go along. */
  onFiles: ((files: Iterable<File>) => void) | undefined
}

export function WritingBox({ ticket, isNote, onWrite, onSend, onFiles, ...props }: Props) {
  const { t } = useTexts()
  const name = useNameOf(ticket)
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Escape") event.currentTarget.blur()
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend()
    else return
    event.preventDefault()
  }
  const take = (event: { preventDefault: () => void }, files: FileList) => {
    if (!onFiles || files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <textarea
      id="composer"
      dir="auto"
      maxLength={65_536}
      onChange={(event) => onWrite(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={(event) => take(event, event.clipboardData.files)}
      onDrop={(event) => take(event, event.dataTransfer.files)}
      aria-label={isNote ? t("composer.note") : t("composer.reply")}
      placeholder={isNote ? t("composer.noteHint") : t("composer.replyHint", { name })}
      className={cx(
        "h-full w-full resize-none rounded border bg-raised px-3 py-2",
        isNote ? "border-amber" : "border-edge",
      )}
      {...props}
    />
  )
}
