import { CircleAlert } from "lucide-react"
import { useState } from "react"
import { ticketChannels } from "../../channels/channel-registry.ts"
import { useUploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { HeaderFileField } from "../../templates/header-file-field.tsx"
import { TemplatePreview } from "../../templates/template-preview.tsx"
import {
  isCompletelyFilled,
  TemplateForm,
  templateUseOf,
  useTemplateText,
  type FilledTemplate,
} from "../../templates/template-form.tsx"
import { Button } from "../../ui/button.tsx"
import { useSendTemplate } from "./send-message.ts"
import type { ReplyWindow } from "./reply-window.ts"
import type { Ticket } from "../ticket.ts"

/** What is left when the reply window is closed: a text that the channel has approved. */
export function TemplateComposer({ ticket, connectionId, window }: Props) {
  const { t } = useTexts()
  const [filling, setFilling] = useState<FilledTemplate>({ template: undefined, values: [] })
  const { refusesMarketing } = window
  const channel = ticketChannels[ticket.channel]
  const uploads = useUploads(1, channel.maxFileBytes)
  const text = useTemplateText(connectionId, filling)
  const sendTemplate = useSendTemplate(ticket)
  const media = filling.template?.headerMedia
  const isReady = isCompletelyFilled(filling) && uploads.isReady && (media ? uploads.stored.length === 1 : true)
  const send = () => {
    const template = templateUseOf(filling)
    if (!template || !isReady) return
    sendTemplate({ template, text, files: media ? uploads.stored : [] })
    setFilling({ template: undefined, values: [] })
    uploads.clear()
  }
  return (
    <form
      className="grid max-h-[45dvh] gap-3 short:max-h-[38dvh] overflow-y-auto"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Because window={window} channel={t(channel.name)} />
      <div className="grid gap-3 @min-[480px]:grid-cols-2">
        <div className="grid content-start gap-3">
          <TemplateForm connectionId={connectionId} {...{ filling, refusesMarketing }} onChange={setFilling} />
          <HeaderFileField template={filling.template} uploads={uploads} />
        </div>
        <TemplatePreview text={text} marks={channel.marks} />
      </div>
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={!isReady}>
          {t("templates.send")}
        </Button>
      </div>
    </form>
  )
}

interface Props {
  ticket: Ticket
  connectionId: string
  window: ReplyWindow
}

function Because({ window, channel }: { window: ReplyWindow; channel: string }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const { closesAt } = window
  return (
    <p className="flex items-start gap-1.5 text-sm text-amber">
      <CircleAlert className="mt-px size-4 shrink-0" aria-hidden />
      {closesAt ? t("window.closed", { when: when.full(closesAt), channel }) : t("window.neverOpen", { channel })}
    </p>
  )
}
