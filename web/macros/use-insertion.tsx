import { useState, type ReactNode, type RefObject } from "react"
import { useTexts } from "../lib/language.tsx"
import { useShortcuts } from "../lib/shortcuts.ts"
import type { Mode } from "../tickets/drafts.ts"
import type { Ticket } from "../tickets/ticket.ts"
import { InsertMenu } from "./insert-menu.tsx"
import { unresolvedIn } from "./macro.ts"

interface Writing {
  ticket: Ticket
  mode: Mode
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  write: (text: string) => void
}

interface Insertion {
  /** Nothing is left in the text that should have been filled in. */
  isResolved: boolean
  onSlash: () => void
  menu: ReactNode
}

/** Puts saved replies and macros where the cursor is. Whoever meant just a stroke closes the menu and has it. */
export function useInsertion({ ticket, mode, area, text, write }: Writing): Insertion {
  const [opened, setOpened] = useState<"stroke" | "key">()
  useShortcuts({ KeyM: () => setOpened("key") })
  const put = (content: string) => {
    const { selectionStart: from = text.length, selectionEnd: to = from } = area.current ?? {}
    write(text.slice(0, from) + content + text.slice(to))
    setOpened(undefined)
  }
  const close = () => {
    if (opened === "stroke") put("/")
    setOpened(undefined)
  }
  const names = unresolvedIn(text)
  return {
    isResolved: names.length === 0,
    onSlash: () => setOpened("stroke"),
    menu: (
      <>
        <Unresolved names={names} />
        {opened && (
          <InsertMenu ticket={ticket} mode={mode} onInsert={put} onDone={() => setOpened(undefined)} onClose={close} />
        )}
      </>
    ),
  }
}

function Unresolved({ names }: { names: string[] }) {
  const { t } = useTexts()
  if (names.length === 0) return null
  return (
    <p role="alert" className="mt-1 text-sm text-amber">
      {t("macros.unresolved", { names: names.map((name) => `{{${name}}}`).join(", ") })}
    </p>
  )
}
