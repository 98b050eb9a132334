import { useNavigate } from "@tanstack/react-router"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { CopyButton } from "../../ui/copy-button-and-snippet.tsx"
import { Dialog } from "../../ui/dialog.tsx"

interface Props {
  number: string
  open: boolean
  onClose: () => void
}

/** A ticket that was made in a conversation, which goes on: its number, and where the customer follows it. */
export function CreatedTicket({ number, open, onClose }: Props) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const trackUrl = `${location.origin}/track?number=${number}`
  const show = () => {
    onClose()
    void navigate({ to: "/tickets/$ref", params: { ref: number } })
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("newTicket.created", { number })}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t("action.close")}</Button>
          <Button look="primary" onClick={show}>
            {t("newTicket.show")}
          </Button>
        </>
      }
    >
      <dl className="grid gap-3">
        <TextToCopy name={t("newTicket.number")} text={number} />
        <TextToCopy name={t("newTicket.trackUrl")} text={trackUrl} />
      </dl>
    </Dialog>
  )
}

function TextToCopy({ name, text }: { name: string; text: string }) {
  const { t } = useTexts()
  return (
    <div className="grid gap-1">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="flex items-center gap-2">
        <span className="min-w-0 grow break-all tabular-nums select-all">{text}</span>
        <CopyButton text={text} label={`${t("action.copy")}: ${name}`} />
      </dd>
    </div>
  )
}
