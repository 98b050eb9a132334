// Begins a conversation from a ticket that nothing carries: by a template, the only thing that goes there first.
import { useNavigate } from "@tanstack/react-router"
import { useState } from "react"
import { useConnectionChannel } from "../../channels/use-channel-features.ts"
import { useUploads } from "../../files/use-uploads.ts"
import { postIdempotent } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAct } from "../../lib/use-act-on-server.ts"
import { HeaderFileField } from "../../templates/header-file-field.tsx"
import {
  isCompletelyFilled,
  TemplateForm,
  templateUseOf,
  useTemplateText,
  type FilledTemplate,
} from "../../templates/template-form.tsx"
import { TemplatePreview } from "../../templates/template-preview.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import type { ReplyWindow } from "../composer/reply-window.ts"

interface Props {
  number: string
  connections: ReplyWindow["templateConnections"]
  onClose: () => void
}

const empty: FilledTemplate = { template: undefined, values: [] }

export function ConversationFromTicketDialog({ number, connections, onClose }: Props) {
  const { t } = useTexts()
  const [connectionId, setConnection] = useState(connections.find(({ canSend }) => canSend)?.id ?? "")
  const chosen = connections.find(({ id }) => id === connectionId)
  const [filling, setFilling] = useState(empty)
  const channel = useConnectionChannel(connectionId)
  const uploads = useUploads(1, channel?.maxFileBytes)
  const text = useTemplateText(connectionId, filling)
  const start = useStart(number, onClose)
  const media = filling.template?.headerMedia
  const isReady = isCompletelyFilled(filling) && uploads.isReady && (media ? uploads.stored.length === 1 : true)
  const send = () => {
    const template = templateUseOf(filling)
    if (!template || !isReady || start.isPending) return
    const files = media ? uploads.stored.map(({ id }) => id) : []
    start.mutate({ connectionId, template, ...(files.length > 0 && { attachmentIds: files }) })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(channel?.startByTemplate ?? "details.connection")}
      text={t("unreachable.startText")}
      footer={<Footer isReady={isReady && !start.isPending} onClose={onClose} />}
    >
      <form
        id="start-conversation"
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <Connections
          connections={connections}
          chosen={connectionId}
          onChoose={(id) => {
            setConnection(id)
            setFilling(empty)
          }}
        />
        {chosen?.reason === "breaker" && <p className="text-sm text-amber">{t("window.breaker")}</p>}
        <TemplateForm
          connectionId={connectionId}
          refusesMarketing={chosen?.refusesMarketing ?? false}
          filling={filling}
          onChange={setFilling}
        />
        <HeaderFileField template={filling.template} uploads={uploads} />
        <TemplatePreview text={text} marks={channel?.marks ?? "none"} />
        <ProblemLine error={start.error} className="text-sm" />
      </form>
    </Dialog>
  )
}

function Footer({ isReady, onClose }: { isReady: boolean; onClose: () => void }) {
  const { t } = useTexts()
  return (
    <>
      <Button onClick={onClose}>{t("action.cancel")}</Button>
      <Button look="primary" type="submit" form="start-conversation" disabled={!isReady}>
        {t("templates.send")}
      </Button>
    </>
  )
}

interface ConnectionsProps extends Pick<Props, "connections"> {
  chosen: string
  onChoose: (id: string) => void
}

function Connections({ connections, chosen, onChoose }: ConnectionsProps) {
  const { t } = useTexts()
  if (connections.length < 2) return null
  return (
    <SelectField label={t("unreachable.connection")} value={chosen} onChange={(event) => onChoose(event.target.value)}>
      {connections.map(({ id, name, canSend, reason }) => (
        <option key={id} value={id} disabled={!canSend}>
          {reason ? t(`unreachable.connection.${reason}`, { name }) : name}
        </option>
      ))}
    </SelectField>
  )
}

/** What was said is on the conversation's own ticket: there one goes on. */
function useStart(number: string, onClose: () => void) {
  const navigate = useNavigate()
  return useAct({
    run: (body: object) => postIdempotent<{ ticketId: string }>(`/tickets/${number}/messages`, body),
    done: ({ ticketId }) => {
      onClose()
      void navigate({ to: "/tickets/$ref", params: { ref: ticketId } } as never)
    },
    stale: [["tickets"], ["ticket", number]],
    refused: "in the form",
  })
}
