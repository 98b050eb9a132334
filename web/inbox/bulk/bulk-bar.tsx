import { ListChecks, X } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { SnoozeDate } from "../../tickets/snooze/snooze-choices.tsx"
import { TagsDialog } from "../../tickets/fields/tags-dialog.tsx"
import { Button } from "../../ui/button.tsx"
import { mayApply, mayChange } from "./allowed-tickets.ts"
import { BulkActions } from "./bulk-actions.tsx"
import { useConfirmAnnouncements } from "./confirm-bulk-ending.tsx"
import { useBulkChange, type BulkResultRow } from "./bulk-change.ts"
import { useBulkMacro } from "./apply-bulk-macro.ts"
import { BulkResultDialog } from "./bulk-result-dialog.tsx"
import type { TicketSelection } from "../list/row-selection.ts"
import type { BulkChange } from "./bulk-undo-jobs.ts"

/** In the place of the list's header while rows are chosen. What some of them cannot do is done to the others, and says to how many. */
export function BulkBar({ selection }: { selection: TicketSelection }) {
  const { t } = useTexts()
  const [refused, setRefused] = useState<BulkResultRow[]>()
  const [dialog, setDialog] = useState<"tags" | "snooze">()
  const bulk = useBulkChange(setRefused)
  const macro = useBulkMacro(setRefused)
  const { announce, dialog: announcing } = useConfirmAnnouncements()
  const change = (to: BulkChange) => {
    const tickets = selection.tickets.filter((ticket) => mayChange(ticket, to))
    if (tickets.length > 0) announce(tickets, to.status, () => bulk.mutate({ tickets, change: to }))
  }
  const apply = (chosen: Macro) => {
    const tickets = selection.tickets.filter((ticket) => mayApply(ticket, chosen))
    if (tickets.length > 0) announce(tickets, statusIn(chosen), () => macro.mutate({ tickets, macro: chosen }))
  }
  const isRunning = bulk.isPending || macro.isPending
  const { tickets } = selection
  return (
    <header
      aria-label={t("bulk.label")}
      role="group"
      className="grid shrink-0 gap-1 border-b border-line bg-chosen p-2"
    >
      <Chosen selection={selection} isRunning={isRunning} />
      <BulkActions
        tickets={tickets}
        isIdle={tickets.length === 0 || isRunning}
        onChange={change}
        onMacro={apply}
        onDialog={setDialog}
      />
      {dialog === "tags" && (
        <TagsDialog
          tags={[...new Set(tickets.flatMap((one) => one.tags))].toSorted()}
          onChange={(tags) => change({ tags })}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "snooze" && (
        <SnoozeDate onChoose={(until) => change({ snooze: until })} onClose={() => setDialog(undefined)} />
      )}
      {announcing}
      {refused && <BulkResultDialog rows={refused} onClose={() => setRefused(undefined)} />}
    </header>
  )
}

const statusIn = ({ actions }: Macro) => actions.find((action) => action.type === "status")?.value

function Chosen({ selection, isRunning }: { selection: TicketSelection; isRunning: boolean }) {
  const { t } = useTexts()
  return (
    <div className="flex items-center gap-1">
      <Button look="quiet" size="icon" aria-label={t("bulk.clear")} title={t("bulk.clear")} onClick={selection.clear}>
        <X />
      </Button>
      <p role="status" className="min-w-0 grow truncate font-strong tabular-nums">
        {isRunning ? t("bulk.running") : t("bulk.count", { count: selection.tickets.length })}
      </p>
      <Button look="quiet" size="sm" onClick={selection.all}>
        <ListChecks aria-hidden />
        {t("bulk.all")}
      </Button>
    </div>
  )
}
