import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { TextWithVariablesField } from "../../macros/text-with-variables-field.tsx"
import type { SavedReply } from "../../macros/macro-types-and-variables.ts"
import { Badge } from "../../ui/badge.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { SharingChoice } from "./sharing-choice.tsx"
import { EntityListPage } from "../entity-list-page.tsx"

export function SavedRepliesPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<SavedReply>
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
    <RowText
      title={
        <>
          <span className="min-w-0 break-words">{reply.name}</span>
          <Badge>{t(`entity.sharedWith.${reply.visibility}`)}</Badge>
        </>
      }
    >
      <span className="line-clamp-2">{reply.content}</span>
    </RowText>
  )
}

function ReplyForm({ item: reply, onClose }: { item: SavedReply | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, fieldError, form } = useEntityForm("saved-replies", reply, onClose)
  const [name, setName] = useState(reply?.name ?? "")
  const [content, setContent] = useState(reply?.content ?? "")
  const [language, setLanguage] = useState(reply?.language ?? "")
  const [sharing, setSharing] = useState({
    visibility: reply?.visibility ?? ("me" as const),
    teamId: reply?.teamId ?? null,
  })
  const body = { name, content, language: language || null, ...sharing }
  return (
    <EntityFormDialog of="replies" item={reply} name={name} onName={setName} onSubmit={() => submit(body)} {...form}>
      <TextWithVariablesField
        label={t("replies.content")}
        required
        value={content}
        error={fieldError("content")}
        onChange={setContent}
      />
      <SelectField label={t("replies.language")} value={language} onChange={(event) => setLanguage(event.target.value)}>
        <option value="">{t("replies.anyLanguage")}</option>
        <option value="es">{t("language.es")}</option>
        <option value="en">{t("language.en")}</option>
      </SelectField>
      <SharingChoice value={sharing} onChange={setSharing} />
    </EntityFormDialog>
  )
}
