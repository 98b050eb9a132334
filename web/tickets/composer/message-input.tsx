import { useRef, type ComponentProps, type KeyboardEvent, type RefObject } from "react"
import type { Insert } from "../../macros/use-insert-choice.ts"
import { insertionList, useSlashInsertion } from "../../macros/use-slash-insertion.ts"
import { leaveField } from "../../lib/restore-focus.ts"
import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { useMentionAutocomplete } from "./mention-autocomplete.ts"
import { useContactNameOf } from "../../contacts/contact-name.ts"
import { MentionList } from "./mention-list.tsx"
import type { Ticket } from "../ticket.ts"

interface Props extends Omit<ComponentProps<"textarea">, "ref"> {
  ref?: RefObject<HTMLTextAreaElement | null>
  ticket: Ticket
  isNote: boolean
  onWrite: (text: string) => void
  onSend: () => void
  /** Sends, ends the ticket and goes on. */
  onSendAndNext: () => void
  /** Where the text of a saved reply or macro goes. */
  onInsert: Insert
}

export function MessageInput({ ticket, isNote, onWrite, onSend, onSendAndNext, onInsert, ref, ...props }: Props) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
  const own = useRef<HTMLTextAreaElement>(null)
  const box = ref ?? own
  const calling = useMentionAutocomplete(box, isNote, onWrite)
  const isCalling = calling.people.length > 0
  const slash = useSlashInsertion(box, onWrite)
  const look = () => {
    calling.look()
    slash.look()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (calling.onKey(event) || slash.onKey(event)) event.stopPropagation()
    else if (event.key === "Escape") leaveField(event.currentTarget)
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) (event.shiftKey ? onSendAndNext : onSend)()
    else return
    event.preventDefault()
  }
  return (
    <div className="relative h-full short:static">
      {isCalling && <MentionList {...calling} onChoose={calling.choose} />}
      {slash.list && (
        <LoadedLater
          load={insertionList}
          props={{ ...slash.list, ticket, mode: isNote ? "note" : "reply", onInsert } as const}
          onFailed={slash.close}
        />
      )}
      <textarea
        ref={box}
        aria-autocomplete="list"
        aria-controls={isCalling ? calling.id : slash.active && slash.list?.id}
        aria-activedescendant={isCalling ? `${calling.id}-${calling.chosen}` : slash.active}
        onSelect={look}
        onFocus={slash.prepare}
        onBlur={slash.hide}
        id="composer"
        dir="auto"
        maxLength={65_536}
        onChange={(event) => {
          onWrite(event.target.value)
          look()
        }}
        onKeyDown={onKeyDown}
        aria-label={isNote ? t("composer.note") : t("composer.reply")}
        placeholder={isNote ? t("composer.noteHint") : t("composer.replyHint", { name })}
        className={classNames(
          "h-full w-full resize-none rounded border bg-raised px-3 py-2 short:px-2",
          isNote ? "border-amber" : "border-edge",
        )}
        {...props}
      />
    </div>
  )
}
