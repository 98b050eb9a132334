import { useEffect } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import { Snippet } from "../../ui/copy-button-and-snippet.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { type Invitation, useInvite, type User } from "../../people/user-and-team-queries.ts"

/** Gives somebody a link for a password of their own: asked for first, unless they were made this moment. */
export function InviteDialog({ user, isNew = false, onClose }: { user: User; isNew?: boolean; onClose: () => void }) {
  const { t } = useTexts()
  const say = useProblemText()
  const invite = useInvite()
  const { mutate } = invite
  useEffect(() => {
    if (isNew) mutate(user.id)
  }, [isNew, mutate, user.id])
  if (invite.data) return <Given user={user} invitation={invite.data} onClose={onClose} />
  if (isNew && !invite.error) return null
  return (
    <FormDialog
      title={t(user.canSignIn ? "invite.resetTitle" : "invite.title", { name: user.name })}
      text={invite.error ? say(invite.error) : t(user.canSignIn ? "invite.resetText" : "invite.text")}
      go={t("invite.go")}
      isPending={invite.isPending}
      onSubmit={() => mutate(user.id)}
      onClose={onClose}
    />
  )
}

function Given({ user, invitation, onClose }: { user: User; invitation: Invitation; onClose: () => void }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const until = when.full(invitation.expiresAt)
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("invite.given", { name: user.name })}
      text={
        invitation.mailedTo
          ? t("invite.mailed", { email: invitation.mailedTo, until })
          : t("invite.shown", { name: user.name, until })
      }
      footer={
        <Button look="primary" onClick={onClose}>
          {t(invitation.link ? "invite.done" : "action.close")}
        </Button>
      }
    >
      {invitation.link && <Snippet label={t("invite.link")} text={invitation.link} />}
    </Dialog>
  )
}
