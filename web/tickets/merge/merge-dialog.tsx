import { useNavigate } from "@tanstack/react-router"
import { ArrowDown } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { TextAreaField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { useMerge } from "./merge-split-and-link-mutations.ts"
import { useContactName } from "../../contacts/contact-name.ts"
import type { ListedTicket, Ticket } from "../ticket.ts"
import { TicketPicker } from "./ticket-picker.tsx"

const mergeable = ["conversation", "support"] as const

/** First which, then what will become of both, then it is done. */
export function MergeDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const open = (number: string) => void navigate({ to: "/tickets/$ref", params: { ref: number } })
  const merge = useMerge(ticket, () => open(ticket.number))
  const { can } = useMe()
  const [into, setInto] = useState<ListedTicket>()
  const [reason, setReason] = useState("")
  const isOther = Boolean(into?.contact && ticket.contact && into.contact.id !== ticket.contact.id)
  const isAllowed = !isOther || (can.overrideAssignment === true && reason.trim() !== "")
  const go = () => {
    if (!into) return
    merge.mutate(
      { into: into.number, ...(isOther && { override: reason.trim() }) },
      {
        onSuccess: ({ number }) => {
          onClose()
          open(number)
        },
      },
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("merge.title", { number: ticket.number })}
      text={into ? undefined : t("merge.text")}
      footer={
        into && (
          <>
            <Button onClick={() => setInto(undefined)}>{t("merge.other")}</Button>
            <Button look="primary" disabled={!isAllowed || merge.isPending} onClick={go}>
              {t("merge.go")}
            </Button>
          </>
        )
      }
    >
      {into ? (
        <div className="grid gap-3">
          <Preview from={ticket} into={into} />
          {isOther && <OtherCustomer reason={reason} setReason={setReason} />}
          <ProblemLine error={merge.error} className="text-sm" />
        </div>
      ) : (
        <TicketPicker of={ticket} label={t("merge.into")} kinds={mergeable} onChoose={setInto} />
      )}
    </Dialog>
  )
}

/** Two customers' tickets become one only for a reason. */
function OtherCustomer({ reason, setReason }: { reason: string; setReason: (reason: string) => void }) {
  const { t } = useTexts()
  const { can } = useMe()
  if (!can.overrideAssignment) return <p className="text-amber">{t("merge.onlyLeads")}</p>
  return (
    <TextAreaField
      label={t("merge.reason")}
      hint={t("merge.otherCustomer")}
      maxLength={500}
      value={reason}
      onChange={(event) => setReason(event.target.value)}
    />
  )
}

function Preview({ from, into }: { from: Ticket; into: Ticket }) {
  const { t } = useTexts()
  return (
    <>
      <Side ticket={from} />
      <ArrowDown className="mx-auto size-4 text-muted" aria-hidden />
      <Side ticket={into} />
      <p className="text-muted">
        {t("merge.preview", { count: from.messageCount, number: from.number, into: into.number })}
      </p>
    </>
  )
}

function Side({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const name = useContactName()(ticket)
  return (
    <div className="rounded border border-line p-3">
      <p className="font-strong">
        <span className="tabular-nums">{ticket.number}</span> · <span dir="auto">{name}</span>
      </p>
      <p className="truncate text-sm text-muted">
        {ticket.subject && `${ticket.subject} · `}
        {t(`status.${ticket.phase}`)} · {t("merge.messages", { count: ticket.messageCount })}
      </p>
    </div>
  )
}
