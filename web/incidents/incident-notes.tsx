import { useInfiniteQuery } from "@tanstack/react-query"
import { useRef, type FormEvent } from "react"
import { useFormDraft } from "../lib/use-form-draft.ts"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { useTimeFormat } from "../lib/use-time-format.ts"
import { messagesQuery, messagesInOrder } from "../tickets/messages/message-queries.ts"
import { Button } from "../ui/button.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { useIncidentMutations } from "./incident-mutations.ts"

/** What staff wrote on it. A text with something of a person is refused whole, and stays in the box to be mended. */
export function IncidentNotes({ ticketRef, mayWrite }: { ticketRef: string; mayWrite: boolean }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { data } = useInfiniteQuery(messagesQuery(ticketRef))
  const notes = messagesInOrder(data).filter(({ isInternal }) => isInternal)
  return (
    <section aria-label={t("incident.notes")} className="grid gap-3">
      <h3 className="text-lg font-strong">{t("incident.notes")}</h3>
      {data && notes.length === 0 && <p className="text-muted">{t("incident.noNotes")}</p>}
      <ul className="grid gap-2">
        {notes.map(({ id, content, sender, createdAt }) => (
          <li key={id} className="rounded border border-line bg-amber-soft px-3 py-2">
            <p dir="auto" className="break-words whitespace-pre-wrap">
              {content}
            </p>
            <p className="text-xs text-muted">{[sender.name, when.full(createdAt)].filter(Boolean).join(" · ")}</p>
          </li>
        ))}
      </ul>
      {mayWrite && <Writing ticketRef={ticketRef} />}
    </section>
  )
}

function Writing({ ticketRef }: { ticketRef: string }) {
  const { t } = useTexts()
  const say = useProblemText()
  const { value: text, set: setText, eraseSent } = useFormDraft(`note ${ticketRef}`, "")
  const { note } = useIncidentMutations(ticketRef, "in the form", eraseSent)
  const form = useRef<HTMLFormElement>(null)
  const send = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() && !note.isPending) note.mutate(text)
  }
  useShortcuts({ KeyN: () => form.current?.querySelector("textarea")?.focus() })
  return (
    <form ref={form} onSubmit={send} className="grid gap-2">
      <TextAreaField
        label={t("incident.note")}
        hint={t("incident.noPersons")}
        error={note.error ? say(note.error) : undefined}
        maxLength={10_000}
        value={text}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && send()}
        onChange={(event) => {
          setText(event.target.value)
          if (note.isError) note.reset()
        }}
      />
      <div>
        <Button type="submit" disabled={!text.trim() || note.isPending}>
          {t("incident.addNote")}
        </Button>
      </div>
    </form>
  )
}
