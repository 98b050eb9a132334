import { CircleAlert } from "lucide-react"
import { useState } from "react"
import { whatsappTakes } from "../files/file.ts"
import { useUploads } from "../files/uploads.ts"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { HeaderFile } from "../templates/header-file.tsx"
import { TemplatePreview } from "../templates/template-preview.tsx"
import { isFilled, TemplateForm, templateUse, useTemplateText, type Filling } from "../templates/template-form.tsx"
import { Button } from "../ui/button.tsx"
import { useSendTemplate } from "./send.ts"
import type { ReplyWindow } from "./standing.ts"
import type { Ticket } from "./ticket.ts"

/** What is left when the 24 hours have passed: a text that Meta has approved. */
export function TemplateReply({ ticket, connectionId, window }: Props) {
  const { t } = useTexts()
  const [filling, setFilling] = useState<Filling>({ template: undefined, values: [] })
  const { refusesMarketing } = window
  const uploads = useUploads(1, whatsappTakes)
  const text = useTemplateText(connectionId, filling)
  const sendTemplate = useSendTemplate(ticket)
  const media = filling.template?.headerMedia
  const isReady = isFilled(filling) && uploads.isReady && (media ? uploads.stored.length === 1 : true)
  const send = () => {
    const template = templateUse(filling)
    if (!template || !isReady) return
    sendTemplate({ template, text, files: media ? uploads.stored : [] })
    setFilling({ template: undefined, values: [] })
    uploads.clear()
  }
  return (
    <form
      className="grid max-h-[45dvh] gap-3 overflow-y-auto"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Because window={window} />
      <div className="grid gap-3 @min-[480px]:grid-cols-2">
        <div className="grid content-start gap-3">
          <TemplateForm connectionId={connectionId} {...{ filling, refusesMarketing }} onChange={setFilling} />
          <HeaderFile template={filling.template} uploads={uploads} />
        </div>
        <TemplatePreview text={text} />
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

function Because({ window }: { window: ReplyWindow }) {
  const { t } = useTexts()
  const when = useWhen()
  const { closesAt } = window
  return (
    <p className="flex items-start gap-1.5 text-sm text-amber">
      <CircleAlert className="mt-px size-4 shrink-0" aria-hidden />
      {closesAt ? t("window.closed", { when: when.full(closesAt) }) : t("window.neverOpen")}
    </p>
  )
}
