import { useRef, type ComponentProps, type KeyboardEvent, type RefObject } from "react"
import { pastedFiles } from "../../files/pasted-files.ts"
import { leaveField } from "../../lib/restore-focus.ts"
import { useTexts } from "../../lib/language.tsx"
import { classNames } from "../../ui/class-names.ts"
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
  /** A stroke where a word begins. */
  onSlash: () => void
  /** Pasted or dropped; undefined where none can go along. */
  onFiles: ((files: Iterable<File>) => void) | undefined
}

export function MessageInput({ ticket, isNote, onWrite, onSend, onSlash, onFiles, ref, ...props }: Props) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
  const own = useRef<HTMLTextAreaElement>(null)
  const box = ref ?? own
  const calling = useMentionAutocomplete(box, isNote, onWrite)
  const isCalling = calling.people.length > 0
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (calling.onKey(event)) event.stopPropagation()
    else if (event.key === "Escape") leaveField(event.currentTarget)
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSend()
    else if (event.key === "/" && beginsWord(event.currentTarget)) onSlash()
    else return
    event.preventDefault()
  }
  const take = (event: { preventDefault: () => void }, files: ArrayLike<File> & Iterable<File>) => {
    if (!onFiles || files.length === 0) return
    event.preventDefault()
    onFiles(files)
  }
  return (
    <div className="relative h-full">
      {isCalling && <MentionList {...calling} onChoose={calling.choose} />}
      <textarea
        ref={box}
        role={isNote ? "combobox" : undefined}
        aria-expanded={isNote ? isCalling : undefined}
        aria-controls={isCalling ? calling.id : undefined}
        aria-activedescendant={isCalling ? `${calling.id}-${calling.chosen}` : undefined}
        onSelect={calling.look}
        id="composer"
        dir="auto"
        maxLength={65_536}
        onChange={(event) => {
          onWrite(event.target.value)
          calling.look()
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => take(event, pastedFiles(event.clipboardData))}
        onDrop={(event) => take(event, event.dataTransfer.files)}
        aria-label={isNote ? t("composer.note") : t("composer.reply")}
        placeholder={isNote ? t("composer.noteHint") : t("composer.replyHint", { name })}
        className={classNames(
          "h-full w-full resize-none rounded border bg-raised px-3 py-2",
          isNote ? "border-amber" : "border-edge",
        )}
        {...props}
      />
    </div>
  )
}

const beginsWord = ({ value, selectionStart }: HTMLTextAreaElement) =>
  selectionStart === 0 || /\s/.test(value[selectionStart - 1]!)
