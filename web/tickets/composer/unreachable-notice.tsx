import { CircleAlert, UserRoundPlus } from "lucide-react"
import { useState } from "react"
import { useConnectionChannel } from "../../channels/use-channel-features.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { DialogLoadedLater } from "../../ui/lazy-part.tsx"
import { openAddAddress } from "../../contacts/addresses/open-add-address.ts"
import { useContactNameOf } from "../../contacts/contact-name.ts"
import type { ReplyWindow } from "./reply-window.ts"
import { conversationFromTicketDialog } from "../load-new-ticket-and-conversation-dialogs.ts"
import type { Ticket } from "../ticket.ts"

/** Said before anything is written: nobody would get it, and what can be done about that. */
export function UnreachableNotice({ ticket, connections }: Props) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
  const [isStarting, setStarting] = useState(false)
  const usable = connections.find(({ canSend }) => canSend)
  const channel = useConnectionChannel(usable?.id)
  const known = useConnectionChannel(connections[0]?.id)
  return (
    <div role="status" className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-amber">
      <CircleAlert className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 grow basis-48">
        {ticket.contact ? t("window.unreachable", { name }) : t("window.nobody")}
      </span>
      {ticket.contact && (
        <Button size="sm" onClick={() => openAddAddress(ticket.number)}>
          <UserRoundPlus aria-hidden />
          {t("unreachable.address")}
        </Button>
      )}
      {connections.length > 0 && !usable && (
        <span className="basis-full">
          {t("unreachable.undeliverable", { channel: t(known?.name ?? "details.channel") })}
        </span>
      )}
      {channel?.startByTemplate && (
        <Button size="sm" onClick={() => setStarting(true)}>
          <channel.icon aria-hidden />
          {t(channel.startByTemplate)}
        </Button>
      )}
      {isStarting && (
        <DialogLoadedLater
          load={conversationFromTicketDialog}
          props={{ number: ticket.number, connections, onClose: () => setStarting(false) }}
        />
      )}
    </div>
  )
}

interface Props {
  ticket: Ticket
  connections: ReplyWindow["templateConnections"]
}
