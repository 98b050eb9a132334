import { useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { AddressField } from "./address-field.tsx"
import { addRecipients, removeRecipient } from "./edit-recipients.ts"
import type { MailAddress, Recipients } from "./recipients.ts"

/** Who gets copies of a mail that begins a matter, beside whom it is to. */
export interface Copies {
  cc: MailAddress[]
  bcc: MailAddress[]
}

interface Props {
  to: string
  copies: Copies
  onChange: (copies: Copies) => void
  /** Something stands there that is no address yet. */
  onUnfinished: (isUnfinished: boolean) => void
}

const lines = ["cc", "bcc"] as const

/** Everybody whom the mail goes to, before it is sent. */
export function FirstMailFields({ to, copies, onChange, onUnfinished }: Props) {
  const { t } = useTexts()
  const [unfinished, setUnfinished] = useState({ cc: false, bcc: false })
  const all: Recipients = { to: [{ name: "", address: to }], ...copies, from: null, quote: false }
  const keep = ({ cc, bcc }: Recipients) => onChange({ cc, bcc })
  const report = (role: keyof Copies, isUnfinished: boolean) => {
    const next = { ...unfinished, [role]: isUnfinished }
    setUnfinished(next)
    onUnfinished(next.cc || next.bcc)
  }
  return (
    <div className="grid gap-1 rounded border border-edge bg-raised px-2 py-1.5">
      <p className="flex min-w-0 gap-1 text-sm">
        <span className="w-9 shrink-0 text-muted">{t("mail.to")}</span>
        <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
          {to}
        </span>
      </p>
      {lines.map((role) => (
        <AddressField
          key={role}
          label={t(`mail.${role}`)}
          addresses={copies[role]}
          isNew={false}
          onAdd={(added) => keep(addRecipients(all, role, without(added, to)))}
          onRemove={(address) => keep(removeRecipient(all, address))}
          onUnfinished={(isUnfinished) => report(role, isUnfinished)}
        />
      ))}
    </div>
  )
}

const without = (added: readonly MailAddress[], to: string) =>
  added.filter(({ address }) => address.toLowerCase() !== to.toLowerCase())
