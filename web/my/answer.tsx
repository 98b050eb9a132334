import { useNavigate } from "@tanstack/react-router"
import type { FormEvent } from "react"
import { takingFiles } from "../files/taking.ts"
import { AttachButton, UploadList } from "../files/upload-list.tsx"
import { useUploads } from "../files/uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useKept } from "../lib/kept.ts"
import { usePlainProblem } from "../lib/problem.ts"
import { isDone, type Ticket } from "../tickets/ticket.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { useAnswer } from "./requests.ts"

/** What was written stays until the server has it. */
export function Answer({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const answer = useAnswer(ticket.number)
  const uploads = useUploads(10)
  const say = usePlainProblem()
  const navigate = useNavigate()
  const { value: content, set: setContent, forget } = useKept(`answer ${ticket.id}`, "")
  const isEmpty = content.trim() === "" && uploads.stored.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = { content, attachmentIds: uploads.stored.map(({ id }) => id) }
    answer.mutate(body, {
      onSuccess: ({ ticketId }) => {
        forget()
        uploads.clear()
        // Too late to come back: it goes on in a new request.
        if (ticketId !== ticket.id) void navigate({ to: "/my/$ref", params: { ref: ticketId } })
      },
    })
  }
  return (
    <form {...takingFiles(uploads)} onSubmit={submit} className="mt-4 grid gap-2 pb-4">
      <TextField
        label={t("my.answer")}
        hint={isDone(ticket) ? t("my.answerReopens") : undefined}
        rows={4}
        maxLength={65_536}
        value={content}
        onChange={(event) => setContent(event.target.value)}
      />
      <UploadList uploads={uploads} />
      {answer.error && (
        <p role="alert" className="text-red">
          {say(answer.error)}
        </p>
      )}
      <div className="flex items-center justify-between gap-3">
        <AttachButton uploads={uploads} />
        <span className="min-w-0 grow text-xs text-faint">{t("file.limits", { most: uploads.most })}</span>
        <Button type="submit" look="primary" disabled={answer.isPending || isEmpty || !uploads.isReady}>
          {t("my.send")}
        </Button>
      </div>
    </form>
  )
}
