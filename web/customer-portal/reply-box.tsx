import { useNavigate } from "@tanstack/react-router"
import type { FormEvent } from "react"
import { dropAndPasteProps } from "../files/drop-and-paste.ts"
import { AttachButton, UploadList } from "../files/attach-button-and-upload-list.tsx"
import { useUploads } from "../files/use-uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useFormDraft } from "../lib/use-form-draft.ts"
import { isDone, type Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { TextAreaField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { useReply } from "./request-queries.ts"

/** What was written stays until the server has it. */
export function ReplyBox({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const uploads = useUploads(10)
  const navigate = useNavigate()
  const { value: content, set: setContent, eraseSent } = useFormDraft(`answer ${ticket.id}`, "")
  const answer = useReply(ticket.number, (sent) => {
    eraseSent(sent.content)
    uploads.clear()
  })
  const isEmpty = content.trim() === "" && uploads.stored.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { content, attachmentIds: uploads.stored.map(({ id }) => id) }
    answer.mutate(body, {
      onSuccess: ({ ticketId }) => {
        // Too late to come back: it goes on in a new request.
        if (ticketId !== ticket.id) void navigate({ to: "/my/$ref", params: { ref: ticketId } })
      },
    })
  }
  return (
    <form {...dropAndPasteProps(uploads)} onSubmit={submit} className="mt-4 grid gap-2 pb-4">
      <TextAreaField
        label={t("portal.reply")}
        hint={isDone(ticket) ? t("portal.replyReopens") : undefined}
        rows={4}
        maxLength={65_536}
        value={content}
        onChange={(event) => setContent(event.target.value)}
      />
      <UploadList uploads={uploads} />
      <ProblemLine error={answer.error} />
      <div className="flex items-center justify-between gap-3">
        <AttachButton uploads={uploads} />
        <span className="min-w-0 grow text-xs text-faint">{t("file.limits", { most: uploads.most })}</span>
        <Button type="submit" look="primary" disabled={answer.isPending || isEmpty || !uploads.isReady}>
          {t("portal.send")}
        </Button>
      </div>
    </form>
  )
}
