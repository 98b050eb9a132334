import { useState } from "react"
import { AttachButton, UploadList } from "../../files/attach-button-and-upload-list.tsx"
import type { Uploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFormDraft } from "../../lib/use-form-draft.ts"
import { InputField, TextAreaField } from "../../ui/form-fields.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import type { Copies } from "../composer/mail/first-mail-fields.tsx"
import { firstMailFields } from "../messages/mail/load-mail-parts.ts"

interface Head extends Copies {
  subject: string
}

const emptyHead: Head = { subject: "", cc: [], bcc: [] }

/** What a mail says beside its text, kept like that. `fields` is null until it can be sent. */
export function useMailHead(draft: string) {
  const { value: head, set, forget } = useFormDraft(`${draft} mail`, emptyHead)
  const [isUnfinished, setUnfinished] = useState(false)
  const { cc, bcc } = head
  const subject = head.subject.trim()
  const copies = { ...(cc.length > 0 && { cc }), ...(bcc.length > 0 && { bcc }) }
  return {
    head,
    change: (part: Partial<Head>) => set((now) => ({ ...now, ...part })),
    setUnfinished,
    forget,
    fields: subject === "" || isUnfinished ? null : { subject, ...copies },
  }
}

interface Props {
  to: string
  mail: ReturnType<typeof useMailHead>
  content: string
  onContent: (content: string) => void
  uploads: Uploads
  errorOf: (path: string) => string | undefined
}

export function FirstMail({ to, mail, content, onContent, uploads, errorOf }: Props) {
  const { t } = useTexts()
  const { head, change } = mail
  return (
    <>
      <Recipients to={to} mail={mail} />
      <InputField
        label={t("newTicket.subject")}
        required
        maxLength={300}
        value={head.subject}
        error={errorOf("subject")}
        onChange={({ target }) => change({ subject: target.value })}
      />
      <TextAreaField
        label={t("conversation.text")}
        rows={4}
        maxLength={65_536}
        required
        value={content}
        onChange={({ target }) => onContent(target.value)}
      />
      <div className="flex flex-wrap items-center gap-x-2">
        <AttachButton uploads={uploads} />
        <UploadList uploads={uploads} />
      </div>
    </>
  )
}

/** Whom it goes to is shown before it leaves, also where the fields for copies do not come. */
function Recipients({ to, mail: { head, change, setUnfinished } }: Pick<Props, "to" | "mail">) {
  const { t } = useTexts()
  const [isMissing, setMissing] = useState(false)
  const everybody = [to, ...[...head.cc, ...head.bcc].map(({ address }) => address)].join(", ")
  const plain = (
    <p className="min-h-24 text-sm text-muted [overflow-wrap:anywhere]">
      {t("conversation.to", { address: everybody })}
    </p>
  )
  if (isMissing) return plain
  return (
    <LoadedLater
      load={firstMailFields}
      props={{ to, copies: head, onChange: change, onUnfinished: setUnfinished }}
      fallback={plain}
      onFailed={() => setMissing(true)}
    />
  )
}
