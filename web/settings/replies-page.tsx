import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { ContentField } from "../macros/content-field.tsx"
import type { SavedReply } from "../macros/macro.ts"
import { Badge } from "../ui/badge.tsx"
import { Choice, Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { FormDialog } from "./form.tsx"
import { Told } from "./page.tsx"
import { SharingChoice } from "./sharing.tsx"
import { ShelfPage, useShelfActs } from "./shelf.tsx"

export function RepliesPage() {
  const { t } = useTexts()
  return (
    <ShelfPage<SavedReply>
      path="saved-replies"
      title={t("settings.replies")}
      intro={t("replies.intro")}
      newText={t("replies.new")}
      nameOf={({ name }) => name}
      mayChange={({ can }) => can.includes("edit")}
      Row={Row}
      Form={ReplyForm}
    />
  )
}

function Row({ item: reply }: { item: SavedReply }) {
  const { t } = useTexts()
  return (
    <Told
      title={
        <>
          <span className="min-w-0 break-words">{reply.name}</span>
          <Badge>{t(`shelf.who.${reply.visibility}`)}</Badge>
        </>
      }
    >
      <span className="line-clamp-2">{reply.content}</span>
    </Told>
  )
}

function ReplyForm({ item: reply, onClose }: { item: SavedReply | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { save } = useShelfActs("saved-replies")
  const fieldError = useFieldError(save.error)
  const [name, setName] = useState(reply?.name ?? "")
  const [content, setContent] = useState(reply?.content ?? "")
  const [language, setLanguage] = useState(reply?.language ?? "")
  const [sharing, setSharing] = useState({
    visibility: reply?.visibility ?? ("me" as const),
    teamId: reply?.teamId ?? null,
  })
  const submit = () => {
    const body = { name, content, language: language || null, ...sharing }
    const onSuccess = () => {
      toast(t("action.saved"))
      onClose()
    }
    save.mutate({ id: reply?.id, body }, { onSuccess })
  }
  return (
    <FormDialog
      title={reply ? t("replies.edit", { name: reply.name }) : t("replies.new")}
      go={reply ? t("action.save") : t("action.create")}
      isPending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("field.name")}
        required
        maxLength={100}
        value={name}
        error={fieldError("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <ContentField
        label={t("replies.content")}
        required
        value={content}
        error={fieldError("content")}
        onChange={setContent}
      />
      <Choice label={t("replies.language")} value={language} onChange={(event) => setLanguage(event.target.value)}>
        <option value="">{t("replies.anyLanguage")}</option>
        <option value="es">{t("language.es")}</option>
        <option value="en">{t("language.en")}</option>
      </Choice>
      <SharingChoice value={sharing} onChange={setSharing} />
    </FormDialog>
  )
}
