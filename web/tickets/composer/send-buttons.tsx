import { ChevronDown } from "lucide-react"
import { useState } from "react"
import { readLocalStorage, writeLocalStorage } from "../../lib/local-storage.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { endStatus, type Ticket } from "../ticket.ts"
import { rememberedWay, waysToSend, type WayToSend } from "./ways-to-send.ts"

interface Props {
  ticket: Ticket
  isNote: boolean
  isReady: boolean
  send: (way?: WayToSend) => void
}

export function SendButtons({ ticket, isNote, isReady, send }: Props) {
  const { t } = useTexts()
  if (isNote)
    return (
      <Button look="plain" className="border-amber" disabled={!isReady} onClick={() => send()}>
        {t("composer.addNote")}
      </Button>
    )
  return <SplitButton {...{ ticket, isReady, send }} />
}

/** Remembers the way that was used last. */
function SplitButton({ ticket, isReady, send }: Omit<Props, "isNote">) {
  const { t } = useTexts()
  const nameOf = useWayName(ticket)
  const [kept, keep] = useState(() => readLocalStorage("sendButton"))
  const ways = waysToSend(ticket)
  const first = rememberedWay(ways, kept)
  const others = ways.filter((way) => way !== first)
  const choose = (way: WayToSend) => {
    if (way !== "reopen") {
      writeLocalStorage("sendButton", way)
      keep(way)
    }
    send(way)
  }
  const isSplit = others.length > 0
  return (
    <div className="flex gap-px">
      <Button
        look="primary"
        className={isSplit ? "rounded-r-none" : ""}
        disabled={!isReady}
        onClick={() => send(first)}
      >
        {nameOf(first)}
      </Button>
      {isSplit && (
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
          {others.map((way) => (
            <MenuItem key={way} onSelect={() => choose(way)} aside={way === "endNext" && <Chord />}>
              {nameOf(way)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </div>
  )
}

const Chord = () => (
  <kbd className="font-sans text-xs text-muted max-md:hidden" aria-hidden>
    Ctrl ⇧ ⏎
  </kbd>
)

function useWayName(ticket: Ticket) {
  const { t } = useTexts()
  const word = endStatus(ticket) === "closed" ? "Close" : "Resolve"
  return (way: WayToSend) => {
    if (way === "send") return t("composer.send")
    if (way === "reopen") return t("composer.sendReopen")
    return t(way === "end" ? `composer.send${word}` : `composer.send${word}Next`)
  }
}
