import { useState, type SyntheticEvent } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
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
export function ReasonDialog({ title, text, label, go, optional = false, max = 500, onGo, onClose }: Props) {
  const { t } = useTexts()
  const [reason, setReason] = useState("")
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!optional && !reason.trim()) return
    onClose()
    onGo(reason.trim())
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      text={text}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" type="submit" form="reason" disabled={!optional && !reason.trim()}>
            {go}
          </Button>
        </>
      }
    >
      <form id="reason" onSubmit={submit}>
        <TextAreaField
          label={label}
          autoFocus
          maxLength={max}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && submit(event)}
        />
      </form>
    </Dialog>
  )
}
