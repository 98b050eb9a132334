import { Check, ChevronDown, RotateCcw } from "lucide-react"
import { useState } from "react"
import type { AfterClosing } from "#people/api-contract.ts"
import { useTexts } from "../../lib/language.tsx"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem } from "../../ui/menu.tsx"
import { useChangeStatus } from "../ticket-mutations.ts"
import { ReasonDialog } from "../reason-dialog.tsx"
import { endStatus, reopenStatus, type Status, type Ticket } from "../ticket.ts"

/** Ends the ticket, goes on with the next, or says how it was solved; brings an ended one back. */
export function CloseOrResolveButton({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const status = useChangeStatus(ticket.number)
  const [isTelling, setTelling] = useState(false)
  const end = endStatus(ticket)
  const back = reopenStatus(ticket)
  const go = (next: Status, { resolution, then }: { resolution?: string; then?: AfterClosing } = {}) =>
    status.mutate({ status: next, from: ticket.status, seen: ticket, resolution }, then)
  const andNext = end && (() => go(end, { then: "next" }))
  useShortcuts({ "Ctrl+Alt+KeyE": andNext, "Shift+KeyE": andNext })
  if (!end)
    return (
      back && (
        <Button size="sm" onClick={() => go(back)}>
          <RotateCcw aria-hidden />
          {t("ticket.reopen")}
        </Button>
      )
    )
  const word = end === "closed" ? "close" : "resolve"
  return (
    <span className="flex">
      <Button size="sm" className="rounded-r-none" onClick={() => go(end)}>
        <Check aria-hidden />
        {t(`ticket.${word}`)}
      </Button>
      <Menu
        label={t("ticket.moreEnds")}
        trigger={
          <Button size="sm" className="rounded-l-none border-l-0 px-1" aria-label={t("ticket.moreEnds")}>
            <ChevronDown />
          </Button>
        }
      >
        <MenuItem onSelect={() => go(end, { then: "next" })}>{t(`ticket.${word}Next`)}</MenuItem>
        <MenuItem onSelect={() => setTelling(true)}>{t(`ticket.${word}Saying`)}</MenuItem>
      </Menu>
      {isTelling && (
        <ReasonDialog
          title={t(`ticket.${word}Saying`)}
          text={t("ticket.resolutionText")}
          label={t("ticket.resolution")}
          go={t(`ticket.${word}`)}
          max={10_000}
          onGo={(resolution) => go(end, { resolution })}
          onClose={() => setTelling(false)}
        />
      )}
    </span>
  )
}
