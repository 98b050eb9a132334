import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import type { NewerReply } from "./newer-colleague-reply.ts"

interface Props {
  overtaking: NewerReply
  onSend: () => void
  onClose: () => void
}

/** A colleague was faster, or is about to be: read it, then decide. */
export function NewerReplyDialog({ overtaking: { name, content }, onSend, onClose }: Props) {
  const { t } = useTexts()
  return (
    <Dialog
      open
      onClose={onClose}
      title={content === null ? t("newerReply.writingTitle", { name }) : t("newerReply.title", { name })}
      text={content === null ? t("newerReply.writingText") : t("newerReply.text")}
      footer={
        <>
          <Button
            onClick={() => {
              onClose()
              onSend()
            }}
          >
            {t("newerReply.send")}
          </Button>
          <Button look="primary" autoFocus onClick={onClose}>
            {t("newerReply.wait")}
          </Button>
        </>
      }
    >
      {content !== null && (
        <blockquote
          dir="auto"
          className="max-h-60 overflow-y-auto rounded border border-accent-soft bg-accent-soft px-3 py-2 break-words whitespace-pre-wrap"
        >
          {content}
        </blockquote>
      )}
    </Dialog>
  )
}
