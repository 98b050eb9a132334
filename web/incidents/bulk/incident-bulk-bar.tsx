import { CircleCheck, ListChecks, Play, UserRoundPlus, X, Archive, Hand, type LucideIcon } from "lucide-react"
import { useState } from "react"
import { BulkAssignees } from "../../inbox/bulk/bulk-assignees.tsx"
import { BulkResultDialog } from "../../inbox/bulk/bulk-result-dialog.tsx"
import type { BulkResultRow } from "../../inbox/bulk/bulk-change.ts"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { Button } from "../../ui/button.tsx"
import { Menu } from "../../ui/menu.tsx"
import type { SelectableIncident } from "../incident-queries.ts"
import { type IncidentBulkChange, mostAtOnce, useBulkIncidentChange } from "./bulk-incident-change.ts"
import { EndManyDialog, type EndRequest } from "./end-many-dialog.tsx"
import type { IncidentsSelected } from "./incident-selection.ts"

interface Props {
  selection: IncidentsSelected
  /** Of the filter, as far as the server counts. */
  found: { total: number; totalIsCapped: boolean } | undefined
}

const statusSteps = [
  ["in_progress", "incident.step.in_progress", Play],
  ["resolved", "incident.step.resolved", CircleCheck],
  ["closed", "incident.step.closed", Archive],
] as const

/** In the place of the board's head while incidents are selected. */
export function IncidentBulkBar({ selection, found }: Props) {
  const { t } = useTexts()
  const [rows, setRows] = useState<BulkResultRow[]>()
  const [ending, setEnding] = useState<EndRequest>()
  // What was refused stays selected, to be dealt with otherwise.
  const report = (all: BulkResultRow[]) => {
    const refused = all.filter(({ ok }) => !ok)
    if (refused.length > 0) setRows(all)
    selection.set(refused.map(({ ref }) => ref))
  }
  const bulk = useBulkIncidentChange(report)
  const isTooMany = selection.selected.length > mostAtOnce
  return (
    <div
      role="group"
      aria-label={t("incident.bulk")}
      className="sticky top-2 z-10 mb-2 grid gap-1 rounded border border-line bg-chosen p-2"
    >
      <Selected selection={selection} found={found} isRunning={bulk.isPending} />
      <Actions
        incidents={selection.selected}
        isIdle={bulk.isPending || isTooMany}
        onChange={(incidents, change) => bulk.mutate({ incidents, change })}
        onEnd={(to, incidents) => setEnding({ to, incidents })}
      />
      {ending && <EndManyDialog {...ending} onDone={report} onClose={() => setEnding(undefined)} />}
      {rows && <BulkResultDialog rows={rows} onClose={() => setRows(undefined)} />}
    </div>
  )
}

interface ActionsProps {
  incidents: SelectableIncident[]
  isIdle: boolean
  onChange: (incidents: SelectableIncident[], change: IncidentBulkChange) => void
  onEnd: (to: EndRequest["to"], incidents: SelectableIncident[]) => void
}

/** Each says for how many of the selected it is. */
function Actions({ incidents: all, isIdle, onChange, onEnd }: ActionsProps) {
  const { t } = useTexts()
  const me = useMe()
  const [isAssigning, setAssigning] = useState(false)
  const may = (change: SelectableIncident["can"][number]) => all.filter(({ can }) => can.includes(change))
  const free = may("assign").filter(({ assignee }) => assignee === null)
  const take = () => onChange(free, { assignment: { agentId: me.id } })
  const steps = statusSteps.flatMap(([status, name, icon]) => {
    const incidents = may(status)
    const go = () => (status === "in_progress" ? onChange(incidents, { status }) : onEnd(status, incidents))
    return incidents.length > 0 ? [{ name, icon, count: incidents.length, go, isEnd: status !== "in_progress" }] : []
  })
  useShortcuts(
    {
      KeyI: !isIdle && free.length > 0 && take,
      KeyA: !isIdle && (() => setAssigning(true)),
      KeyE: !isIdle && steps.find(({ isEnd }) => isEnd)?.go,
    },
    true,
  )
  return (
    <div className="flex flex-wrap gap-1">
      {free.length > 0 && (
        <Action icon={Hand} count={free.length} of={all.length} isIdle={isIdle} onClick={take}>
          {t("incident.take")}
        </Action>
      )}
      <Menu
        label={t("ticket.assign")}
        open={isAssigning}
        onOpen={setAssigning}
        trigger={
          <Button disabled={isIdle}>
            <UserRoundPlus aria-hidden />
            {t("ticket.assign")}
          </Button>
        }
      >
        <BulkAssignees give={(assignment) => onChange(may("assign"), { assignment })} />
      </Menu>
      {steps.map(({ name, icon, count, go }) => (
        <Action key={name} icon={icon} count={count} of={all.length} isIdle={isIdle} onClick={go}>
          {t(name)}
        </Action>
      ))}
    </div>
  )
}

function Selected({ selection, found, isRunning }: Props & { isRunning: boolean }) {
  const { t } = useTexts()
  const count = selection.selected.length
  const total = found?.total ?? 0
  const isPart = count === mostAtOnce && total > count
  const part = found?.totalIsCapped ? "incident.selectedWorstCapped" : "incident.selectedWorst"
  const isTooMany = count > mostAtOnce
  const selected = isTooMany
    ? t("incident.selectedTooMany", { count, most: mostAtOnce })
    : isPart
      ? t(part, { count, total })
      : t("bulk.count", { count })
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Button look="quiet" size="icon" aria-label={t("bulk.clear")} title={t("bulk.clear")} onClick={selection.clear}>
        <X />
      </Button>
      <p role="status" className="min-w-0 grow font-strong tabular-nums">
        {isRunning ? t("bulk.running") : selected}
      </p>
      {(isTooMany || count < Math.min(total, mostAtOnce)) && (
        <Button look="quiet" size="sm" disabled={selection.isFetching} onClick={selection.everything}>
          <ListChecks aria-hidden />
          {isTooMany || total > mostAtOnce
            ? t("incident.selectWorst", { count: mostAtOnce })
            : t("incident.selectAll", { count: total })}
        </Button>
      )}
    </div>
  )
}

interface ActionProps {
  icon: LucideIcon
  children: string
  count: number
  of: number
  isIdle: boolean
  onClick: () => void
}

function Action({ icon: Icon, children: name, count, of: total, isIdle, onClick }: ActionProps) {
  const { t } = useTexts()
  return (
    <Button disabled={isIdle} onClick={onClick}>
      <Icon aria-hidden />
      {count === total ? name : t("bulk.some", { act: name, count, total })}
    </Button>
  )
}
