import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { toast } from "../../ui/toast.tsx"
import { useLinks } from "./merge-split-and-link-mutations.ts"
import type { Ticket } from "../ticket.ts"
import { TicketPicker } from "./ticket-picker.tsx"

const types = ["related", "follow_up", "conversation"] as const

export function LinkDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTexts()
  const { add } = useLinks(ticket.number)
  const [type, setType] = useState<(typeof types)[number]>("related")
  return (
    <Dialog open onClose={onClose} title={t("link.title", { number: ticket.number })}>
      <div className="grid gap-3">
        <SelectField
          label={t("link.type")}
          value={type}
          onChange={(event) => setType(event.target.value as (typeof types)[number])}
        >
          {types.map((one) => (
            <option key={one} value={one}>
              {t(`link.${one}.to`)}
            </option>
          ))}
        </SelectField>
        <TicketPicker
          of={ticket}
          label={t("link.with")}
          onChoose={({ number }) => {
            const onSuccess = () => {
              toast(t("link.done", { number: ticket.number, other: number }))
              onClose()
            }
            add.mutate({ type, ticket: number }, { onSuccess })
          }}
        />
      </div>
    </Dialog>
  )
}
