import { useId, type FormEvent, type ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "./button.tsx"
import { Dialog } from "./dialog.tsx"
import { ProblemLine } from "./problem-line.tsx"

interface Props {
  title: string
  text?: string | undefined
  go: string
  isPending?: boolean
  /** Whether what is needed is filled in. */
  isReady?: boolean
  error?: unknown
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}

/** A form in a dialog. What the server refuses is said above the buttons, and beside the field where it named one. */
export function FormDialog({ title, text, go, isPending = false, isReady = true, error, ...form }: Props) {
  const { t } = useTexts()
  const { onSubmit, onClose, children } = form
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isReady && !isPending) onSubmit()
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
          <Button type="submit" form={id} look="primary" disabled={isPending || !isReady}>
            {go}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="grid gap-4">
        {children}
        <ProblemLine error={error} about={t("settings.saveFailed")} />
      </form>
    </Dialog>
  )
}
