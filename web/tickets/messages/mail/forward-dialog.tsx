import { useState } from "react"
import { useTexts } from "../../../lib/language.tsx"
import { useFormDraft } from "../../../lib/use-form-draft.ts"
import { FormDialog } from "../../../ui/form-dialog.tsx"
import { TextAreaField } from "../../../ui/form-fields.tsx"
import { AddressField } from "../../composer/mail/address-field.tsx"
import { addRecipients, removeRecipient } from "../../composer/mail/edit-recipients.ts"
import type { Recipients } from "../../composer/mail/recipients.ts"
import { useForward } from "./mail-mutations.ts"

interface Props {
  ticketNumber: string
  messageId: string
  onClose: () => void
}

const nobody: Recipients = { to: [], cc: [], bcc: [], from: null, quote: false }
const lines = ["to", "cc"] as const

/** A mail to somebody who has no part in the ticket, with its files. */
export function ForwardDialog({ ticketNumber, messageId, onClose }: Props) {
  const { t } = useTexts()
  const [recipients, setRecipients] = useState(nobody)
  const [unfinished, setUnfinished] = useState({ to: false, cc: false })
  const { value: content, set: setContent, eraseSent } = useFormDraft(`forward ${messageId}`, "")
  const forward = useForward(ticketNumber, eraseSent)
  const submit = () => {
    const { to, cc } = recipients
    forward.mutate({ to, cc, messageId, content }, { onSuccess: onClose })
  }
  return (
    <FormDialog
      title={t("mail.forwardTitle")}
      text={t("mail.forwardText")}
      go={t("mail.forward")}
      isPending={forward.isPending}
      isReady={recipients.to.length > 0 && !unfinished.to && !unfinished.cc}
      error={forward.error}
      onSubmit={submit}
      onClose={onClose}
    >
      {lines.map((role) => (
        <div key={role} className="rounded border border-edge bg-raised px-2 py-1.5">
          <AddressField
            label={t(`mail.${role}`)}
            addresses={recipients[role]}
            isNew={role === "to"}
            onAdd={(added) => setRecipients((before) => addRecipients(before, role, added))}
            onRemove={(address) => setRecipients((before) => removeRecipient(before, address))}
            onUnfinished={(isUnfinished) => setUnfinished((before) => ({ ...before, [role]: isUnfinished }))}
          />
        </div>
      ))}
      <TextAreaField
        label={t("mail.forwardNote")}
        aside={t("field.optional")}
        maxLength={65_536}
        rows={4}
        value={content}
        onChange={({ target }) => setContent(target.value)}
      />
    </FormDialog>
  )
}
