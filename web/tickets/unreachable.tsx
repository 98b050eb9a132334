import { CircleAlert, MessageCircle, UserRoundPlus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { openAddress } from "./address-opening.ts"
import { useNameOf } from "./contact.ts"
import type { ReplyWindow } from "./standing.ts"
import { StartWhatsApp } from "./start-whatsapp.tsx"
import type { Ticket } from "./ticket.ts"

/** Said before anything is written: nobody would get it, and what can be done about that. */
export function Unreachable({ ticket, connections }: Props) {
  const { t } = useTexts()
  const name = useNameOf(ticket)
  const [isStarting, setStarting] = useState(false)
  return (
    <div role="status" className="mb-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-amber">
      <CircleAlert className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 grow basis-48">
        {ticket.contact ? t("window.unreachable", { name }) : t("window.nobody")}
      </span>
      {ticket.contact && (
        <Button size="sm" onClick={() => openAddress(ticket.number)}>
          <UserRoundPlus aria-hidden />
          {t("unreachable.address")}
        </Button>
      )}
      {connections.length > 0 && (
        <Button size="sm" onClick={() => setStarting(true)}>
          <MessageCircle aria-hidden />
          {t("unreachable.whatsapp")}
        </Button>
      )}
      {isStarting && (
        <StartWhatsApp number={ticket.number} connections={connections} onClose={() => setStarting(false)} />
      )}
    </div>
  )
}

interface Props {
  ticket: Ticket
  connections: ReplyWindow["templateConnections"]
}
