import { useState, type KeyboardEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useChangeField } from "../ticket-mutations.ts"
import { useContactNameOf } from "../../contacts/contact-name.ts"
import type { Ticket } from "../ticket.ts"

const place =
  "min-w-0 grow basis-0 text-lg font-strong @max-[480px]:order-last @max-[480px]:basis-full @max-[480px]:px-3 short:max-md:order-none short:max-md:basis-0 short:max-md:px-1"

/** What the ticket is about; a click makes it a field. What has no subject, as most conversations, is called by its person. */
export function SubjectField({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
  const [isEditing, setEditing] = useState(false)
  const { incident } = ticket
  const subject = incident ? `${t(`incident.trigger.${incident.trigger}`)} · ${incident.guia}` : ticket.subject
  const title = subject || name
  const mayEdit = (ticket.kind !== "conversation" || subject !== "") && !incident && ticket.can.includes("edit")
  if (isEditing) return <Editor ticket={ticket} onDone={() => setEditing(false)} />
  return (
    <h2 dir="auto" className={`${place} flex`} title={title}>
      {mayEdit ? (
        <button
          type="button"
          aria-label={t("ticket.editSubject", { subject: title })}
          onClick={() => setEditing(true)}
          className="min-h-6 min-w-0 truncate rounded text-left hover:bg-hover"
        >
          {title}
        </button>
      ) : (
        <span className="min-w-0 truncate">{title}</span>
      )}
    </h2>
  )
}

function Editor({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const { t } = useTexts()
  const change = useChangeField(ticket.number)
  // Held against what stood there when the writing began, not against what came meanwhile.
  const [seen] = useState(ticket)
  const [text, setText] = useState(ticket.subject)
  const save = () => {
    onDone()
    const subject = text.trim()
    if (subject && subject !== seen.subject)
      change.mutate({ field: "subject", seen, body: { subject }, shown: { subject } })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") save()
    else if (event.key === "Escape") onDone()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <input
      aria-label={t("newTicket.subject")}
      autoFocus
      dir="auto"
      maxLength={300}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={save}
      className={`${place} h-8 rounded border border-edge bg-raised px-2`}
    />
  )
}
