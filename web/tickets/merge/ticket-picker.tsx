import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { get, queryString, type Page } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { Badge } from "../../ui/badge.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { phaseTones } from "../phase-colours.ts"
import { useContactName } from "../../contacts/contact-name.ts"
import { useDebounced } from "../../ui/use-debounced.ts"
import { ticketRefOf, type ListedTicket, type Ticket } from "../ticket.ts"

interface Props {
  /** The ticket that is asking; it cannot be chosen, and its customer's others are offered first. */
  of: Ticket
  label: string
  kinds?: readonly Ticket["kind"][]
  onChoose: (ticket: ListedTicket) => void
}

/** Another ticket, by number, name or words. */
export function TicketPicker({ of, label, kinds, onChoose }: Props) {
  const { t } = useTexts()
  const [text, setText] = useState("")
  const asked = useDebounced(ticketRefOf(text.trim()))
  const filter = asked ? { q: asked } : { contactId: of.contact?.id }
  const { data } = useQuery({
    queryKey: ["tickets", "pick", filter],
    queryFn: ({ signal }) =>
      get<Page<ListedTicket>>(`/tickets${queryString({ ...filter, limit: 20, sort: "-lastMessageAt" })}`, signal),
    enabled: asked.length > 0 || of.contact !== null,
  })
  const found = (data?.items ?? []).filter(
    (one) => one.id !== of.id && one.mergedInto === null && (!kinds || kinds.includes(one.kind)),
  )
  return (
    <div className="grid gap-2">
      <InputField
        label={label}
        placeholder={t("list.searchHint")}
        autoFocus
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {data && found.length === 0 && <p className="text-sm text-muted">{t("picker.none")}</p>}
      <ul aria-label={t("list.label")} className="max-h-64 overflow-y-auto">
        {found.map((one) => (
          <li key={one.id}>
            <Choice ticket={one} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Choice({ ticket, onChoose }: { ticket: ListedTicket; onChoose: (ticket: ListedTicket) => void }) {
  const { t } = useTexts()
  const name = useContactName()(ticket)
  return (
    <button
      type="button"
      onClick={() => onChoose(ticket)}
      className="flex min-h-9 w-full items-center gap-2 rounded px-2 text-left text-sm hover:bg-hover max-md:min-h-11"
    >
      <span className="shrink-0 tabular-nums">{ticket.number}</span>
      <span className="min-w-0 grow truncate">
        <span className="font-strong">{name}</span>{" "}
        <span className="text-muted">{ticket.subject || ticket.preview?.text}</span>
      </span>
      <Badge tone={phaseTones[ticket.phase]}>{t(`status.${ticket.phase}`)}</Badge>
    </button>
  )
}
