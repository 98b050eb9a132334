import { useState } from "react"
import { connectionChannels } from "../../channels/channel-registry.ts"
import { useUploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFormDraft } from "../../lib/use-form-draft.ts"
import { HeaderFileField } from "../../templates/header-file-field.tsx"
import {
  isCompletelyFilled,
  TemplateForm,
  templateUseOf,
  useTemplateText,
  type FilledTemplate,
} from "../../templates/template-form.tsx"
import { TemplatePreview } from "../../templates/template-preview.tsx"
import { TextAreaField } from "../../ui/form-fields.tsx"
import { FirstMail, useMailHead } from "./first-mail.tsx"
import type { StartConnection } from "./start-conversation-queries.ts"

const emptyTemplate: FilledTemplate = { template: undefined, values: [] }
// As many as a message takes.
const mostFiles = 10

/**
 * What is said first: a template with its values and file, or a text, as a mail with its subject, which is kept until it is sent or thrown
 * away. `draft`: its name. `body` is null until it can be sent.
 */
export function useFirstMessage(chosen: StartConnection | undefined, draft: string) {
  const [filling, setFilling] = useState(emptyTemplate)
  const { value: content, set: setContent, forget: dropText } = useFormDraft(draft, "")
  const channel = chosen && connectionChannels[chosen.kind as keyof typeof connectionChannels]
  const mail = useMailHead(draft)
  const uploads = useUploads(chosen?.by === "mail" ? mostFiles : 1, channel?.maxFileBytes)
  const media = filling.template?.headerMedia
  const isReady = isCompletelyFilled(filling) && uploads.isReady && (media ? uploads.stored.length === 1 : true)
  const attachmentIds = uploads.stored.map(({ id }) => id)
  const bodies = {
    template: () => {
      const template = isReady ? templateUseOf(filling) : null
      return template ? { template, ...(media && { attachmentIds }) } : null
    },
    text: () => (content.trim() ? { content } : null),
    mail: () => (mail.fields && content.trim() && uploads.isReady ? { ...mail.fields, content, attachmentIds } : null),
  }
  const dropTemplate = () => {
    setFilling(emptyTemplate)
    uploads.clear()
  }
  const forget = () => {
    dropText()
    mail.forget()
  }
  const body = chosen ? bodies[chosen.by]() : null
  return { channel, filling, setFilling, dropTemplate, content, setContent, mail, forget, uploads, body }
}

interface MessageProps {
  chosen: StartConnection
  message: ReturnType<typeof useFirstMessage>
  errorOf: (path: string) => string | undefined
}

export function FirstMessage({ chosen, message, errorOf }: MessageProps) {
  const { t } = useTexts()
  const { filling, setFilling, uploads, channel } = message
  const text = useTemplateText(chosen.id, filling)
  if (chosen.by === "mail")
    return (
      <FirstMail
        to={chosen.address ?? ""}
        mail={message.mail}
        content={message.content}
        onContent={message.setContent}
        {...{ uploads, errorOf }}
      />
    )
  if (chosen.by === "text")
    return (
      <TextAreaField
        label={t("conversation.text")}
        rows={4}
        maxLength={65_536}
        required
        value={message.content}
        onChange={({ target }) => message.setContent(target.value)}
      />
    )
  return (
    <>
      <TemplateForm
        connectionId={chosen.id}
        refusesMarketing={chosen.refusesMarketing}
        filling={filling}
        onChange={setFilling}
      />
      <HeaderFileField template={filling.template} uploads={uploads} />
      <TemplatePreview text={text} marks={channel?.marks ?? "none"} />
    </>
  )
}
