import { ChevronDown } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { endStatus, type Ticket } from "../ticket.ts"

interface Props {
  ticket: Ticket
  isNote: boolean
  isReady: boolean
  send: (andThen?: "resolved" | "closed") => void
}

export function SendButtons({ ticket, isNote, isReady, send }: Props) {
  const { t } = useTexts()
  const end = endStatus(ticket)
  if (isNote)
    return (
      <Button look="plain" className="border-amber" disabled={!isReady} onClick={() => send()}>
        {t("composer.addNote")}
      </Button>
    )
  return (
    <div className="flex gap-px">
      <Button look="primary" className={end && "rounded-r-none"} disabled={!isReady} onClick={() => send()}>
        {t("composer.send")}
      </Button>
      {end && (
        <Menu
          label={t("composer.sendAnd")}
          trigger={
            <Button
              look="primary"
              size="icon"
              className="rounded-l-none"
              disabled={!isReady}
              aria-label={t("composer.sendAnd")}
            >
              <ChevronDown />
            </Button>
          }
        >
          <MenuItem onSelect={() => send(end)}>
            {end === "closed" ? t("composer.sendClose") : t("composer.sendResolve")}
          </MenuItem>
        </Menu>
      )}
    </div>
  )
}
