import { useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { Button } from "../../../ui/button.tsx"
import type { ReplyWindow } from "../reply-window.ts"
import { AddressField } from "./address-field.tsx"
import { addRecipients, removeRecipient, replyToOne } from "./edit-recipients.ts"
import { canBeSent, type Recipients, replyToAll, type Role, roles } from "./recipients.ts"

interface Props {
  suggested: NonNullable<ReplyWindow["mail"]>
  recipients: Recipients
  onChange: (recipients: Recipients) => void
  /** Something stands there that is no address yet. */
  onUnfinished: (role: Role, isUnfinished: boolean) => void
}

/** Everybody whom the mail goes to, before it is sent. */
export function RecipientFields({ suggested, recipients, onChange, onUnfinished }: Props) {
  const { t } = useTexts()
  const [opened, setOpened] = useState<ReadonlySet<Role>>(new Set<Role>(["to"]))
  const open = (role: Role) => setOpened((before) => new Set([...before, role]))
  const remove = (role: Role, address: string) => {
    // Its line stays, also without an address: the focus is in it.
    open(role)
    onChange(removeRecipient(recipients, address))
  }
  const isShown = (role: Role) => opened.has(role) || recipients[role].length > 0
  const hidden = roles.filter((role) => !isShown(role))
  return (
    <div className="mb-1.5 grid gap-1 rounded border border-line bg-raised px-2 py-1">
      <div className="grid max-h-28 gap-1 overflow-y-auto max-md:max-h-[30dvh]">
        {roles.filter(isShown).map((role) => (
          <AddressField
            key={role}
            label={t(`mail.${role}`)}
            addresses={recipients[role]}
            isNew={opened.has(role) && role !== "to"}
            onAdd={(added) => onChange(addRecipients(recipients, role, added))}
            onRemove={(address) => remove(role, address)}
            onUnfinished={(isUnfinished) => onUnfinished(role, isUnfinished)}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-1 text-sm">
        {hidden.map((role) => (
          <Button
            key={role}
            look="quiet"
            size="sm"
            aria-label={t("mail.addLine", { line: t(`mail.${role}`) })}
            onClick={() => open(role)}
          >
            {t(`mail.${role}`)}
          </Button>
        ))}
        <AllOrOne {...{ suggested, recipients, onChange }} />
        <More {...{ suggested, recipients, onChange }} />
        {!canBeSent(recipients) && (
          <p role="status" className="text-red">
            {t("mail.toMissing")}
          </p>
        )}
      </div>
    </div>
  )
}

type Lines = Pick<Props, "suggested" | "recipients" | "onChange">

function AllOrOne({ suggested, recipients, onChange }: Lines) {
  const { t } = useTexts()
  if (suggested.to.length + suggested.cc.length < 2) return null
  const isToAll = recipients.cc.length > 0 || recipients.to.length > 1
  const { from, quote } = recipients
  const next = isToAll ? replyToOne(suggested) : replyToAll(suggested)
  return (
    <Button look="quiet" size="sm" onClick={() => onChange({ ...next, from, quote })}>
      {t(isToAll ? "mail.replyToOne" : "mail.replyToAll")}
    </Button>
  )
}

/** By which address it leaves, and with what below it. */
function More({ suggested, recipients, onChange }: Lines) {
  const { t } = useTexts()
  return (
    <>
      <label className="flex min-h-7 items-center gap-1.5 px-1 text-muted max-md:min-h-9">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={recipients.quote}
          onChange={({ target }) => onChange({ ...recipients, quote: target.checked })}
        />
        {t("mail.quote")}
      </label>
      {suggested.from.length > 1 && (
        <label className="flex min-w-0 items-center gap-1.5 px-1 text-muted">
          {t("mail.from")}
          <select
            className="h-7 min-w-0 rounded border border-edge bg-raised px-1 text-ink max-md:h-9"
            value={recipients.from ?? suggested.from[0]!.address}
            onChange={({ target }) => onChange({ ...recipients, from: target.value })}
          >
            {suggested.from.map(({ address }) => (
              <option key={address} value={address}>
                {address}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
