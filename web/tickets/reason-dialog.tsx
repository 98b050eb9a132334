import { useState } from "react"
import { FormDialog } from "../ui/form-dialog.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"

interface Props {
  title: string
  text?: string
  label: string
  go: string
  /** Whether it may be left empty. */
  optional?: boolean
  max?: number
  onGo: (reason: string) => void
  onClose: () => void
}

/** Asks for a few words before something is done. */
export function ReasonDialog({ label, optional = false, max = 500, onGo, onClose, ...dialog }: Props) {
  const [reason, setReason] = useState("")
  const submit = () => {
    onClose()
    onGo(reason.trim())
  }
  return (
    <FormDialog {...dialog} isReady={optional || reason.trim() !== ""} onSubmit={submit} onClose={onClose}>
      <TextAreaField
        label={label}
        autoFocus
        maxLength={max}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) =>
          (event.ctrlKey || event.metaKey) && event.key === "Enter" && event.currentTarget.form?.requestSubmit()
        }
      />
    </FormDialog>
  )
}
