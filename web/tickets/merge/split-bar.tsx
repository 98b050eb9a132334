import { useNavigate } from "@tanstack/react-router"
import { useEffect, useState, type FormEvent } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { useSplit } from "./merge-split-and-link-mutations.ts"
import { stopSplit } from "./split-selection.ts"
import type { Ticket } from "../ticket.ts"

/** Stands where one writes while messages are chosen in the thread. */
export function SplitBar({ ticket, ids }: { ticket: Ticket; ids: ReadonlySet<string> }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const split = useSplit(ticket.number)
  const [subject, setSubject] = useState("")
  useEffect(() => {
    // One begins with the last thing that was said.
    ;[...document.querySelectorAll<HTMLElement>("[role=log] input[type=checkbox]")].at(-1)?.focus()
    return stopSplit
  }, [])
  useShortcuts({ Escape: stopSplit }, true)
  const go = (event: FormEvent) => {
    event.preventDefault()
    split.mutate(
      { messageIds: [...ids], subject: subject.trim() },
      {
        onSuccess: ({ number }) => {
          stopSplit()
          void navigate({ to: "/tickets/$ref", params: { ref: number } })
        },
      },
    )
  }
  return (
    <form
      onSubmit={go}
      aria-label={t("split.title")}
      className="grid shrink-0 gap-2 border-t border-line bg-chosen p-3 short:grid-cols-[minmax(0,1fr)_auto] short:items-end short:gap-x-2 short:gap-y-0 short:p-2 short:[&_label]:sr-only"
    >
      <p role="status" className="font-strong short:col-span-2">
        {t("split.chosen", { count: ids.size })}
      </p>
      <InputField
        label={t("split.subject")}
        placeholder={t("split.subject")}
        className="placeholder:text-transparent short:placeholder:text-faint"
        maxLength={300}
        required
        value={subject}
        onChange={(event) => setSubject(event.target.value)}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={stopSplit}>{t("action.cancel")}</Button>
        <Button look="primary" type="submit" disabled={ids.size === 0 || !subject.trim() || split.isPending}>
          {t("split.go")}
        </Button>
      </div>
    </form>
  )
}
