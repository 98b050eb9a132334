import { useId, type FormEvent, type ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { useProblemText } from "../lib/problem-text.ts"
import { Button } from "./button.tsx"
import { Dialog } from "./dialog.tsx"

interface Props {
  title: string
  text?: string
  go: string
  isPending: boolean
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog. What the server refuses is said above the buttons, and beside the field where it named one. */
export function FormDialog({ title, text, go, isPending, error, onSubmit, onClose, children }: Props) {
  const { t } = useTexts()
  const say = useProblemText()
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
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
          <Button type="submit" form={id} look="primary" disabled={isPending}>
            {go}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="grid gap-4">
        {children}
        {Boolean(error) && (
          <p role="alert" className="text-red">
            {t("settings.saveFailed")} {say(error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}
