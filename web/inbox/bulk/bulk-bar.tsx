import { CircleDot, Clock, Download, Flag, ListChecks, Tag, UserRoundPlus, X, Zap, type LucideIcon } from "lucide-react"
import { useState, type ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useMe } from "../../session/session-queries.ts"
import { isDisabled, useStaffAndTeams } from "../../people/user-and-team-queries.ts"
import { AgentMenuItem } from "../../tickets/assignment/agent-menu-item.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { SnoozeChoices, SnoozeDate } from "../../tickets/snooze/snooze-choices.tsx"
import { TagsDialog } from "../../tickets/fields/tags-dialog.tsx"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"
import { useConfirmAnnouncements } from "./confirm-bulk-ending.tsx"
import { useBulkChange, type BulkResultRow } from "./bulk-change.ts"
import { useBulkMacro } from "./apply-bulk-macro.ts"
import { BulkMacroList } from "./bulk-macro-list.tsx"
import { BulkResultDialog } from "./bulk-result-dialog.tsx"
import { useBulkMenuState, type BulkMenuState } from "./bulk-menu-state.ts"
import { csvExportUrl } from "../list/csv-export-url.ts"
import type { TicketSelection } from "../list/row-selection.ts"
import type { BulkChange } from "./bulk-undo-jobs.ts"

const priorities = ["urgent", "high", "medium", "low"] as const
const statuses = ["open", "pending", "in_progress", "resolved", "closed"] as const

/** In the place of the list's header while rows are chosen. */
export function BulkBar({ selection }: { selection: TicketSelection }) {
  const { t } = useTexts()
  const [refused, setRefused] = useState<BulkResultRow[]>()
  const [dialog, setDialog] = useState<"tags" | "snooze">()
  const bulk = useBulkChange(setRefused)
  const macro = useBulkMacro(setRefused)
  const { tickets } = selection
  const { announce, dialog: announcing } = useConfirmAnnouncements()
  const change = (to: BulkChange) => {
    if (tickets.length > 0) announce(tickets, to.status, () => bulk.mutate({ tickets, change: to }))
  }
  const apply = (chosen: Macro) => announce(tickets, statusIn(chosen), () => macro.mutate({ tickets, macro: chosen }))
  const isRunning = bulk.isPending || macro.isPending
  return (
    <header
      aria-label={t("bulk.label")}
      role="group"
      className="grid shrink-0 gap-1 border-b border-line bg-chosen p-2"
    >
      <Chosen selection={selection} isRunning={isRunning} />
      <Acts {...{ tickets, change }} isIdle={tickets.length === 0 || isRunning} onMacro={apply} onDialog={setDialog} />
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

interface ActsProps {
  tickets: ListedTicket[]
  change: (to: BulkChange) => void
  isIdle: boolean
  onMacro: (macro: Macro) => void
  onDialog: (dialog: "tags" | "snooze") => void
}

function Acts({ tickets, change, isIdle, onMacro, onDialog }: ActsProps) {
  const { t } = useTexts()
  // What at least one of them can become: the others say so themselves.
  const possible = statuses.filter((status) => tickets.some((ticket) => ticket.can.includes(status)))
  const menus = useBulkMenuState(() => onDialog("tags"))
  const exported = () => {
    location.assign(csvExportUrl({ id: tickets.map((one) => one.id) }))
    toast(t("list.exported"))
  }
  return (
    <div className="flex flex-wrap gap-0.5">
      <Act icon={UserRoundPlus} name={t("ticket.assign")} disabled={isIdle} menu={menus("assign")}>
        <Assignees change={change} />
      </Act>
      <Act icon={CircleDot} name={t("filter.phase")} disabled={isIdle} menu={menus("status")}>
        {possible.length === 0 && <MenuLabel>{t("bulk.noStatus")}</MenuLabel>}
        {possible.map((status) => (
          <MenuItem key={status} onSelect={() => change({ status })}>
            {t(`rawStatus.${status}`)}
          </MenuItem>
        ))}
      </Act>
      <Act icon={Flag} name={t("details.priority")} disabled={isIdle} menu={menus("priority")}>
        {priorities.map((priority) => (
          <MenuItem key={priority} onSelect={() => change({ priority })}>
            {t(`priority.${priority}`)}
          </MenuItem>
        ))}
      </Act>
      <Plain icon={Tag} name={t("details.tags")} disabled={isIdle} onClick={() => onDialog("tags")} />
      <Act icon={Clock} name={t("snooze.title")} disabled={isIdle} menu={menus("snooze")}>
        <SnoozeChoices onChoose={(until) => change({ snooze: until })} onDate={() => onDialog("snooze")} />
        <MenuSeparator />
        <MenuItem onSelect={() => change({ snooze: null })}>{t("snooze.unsnooze")}</MenuItem>
      </Act>
      <Act icon={Zap} name={t("macros.onMany")} disabled={isIdle} menu={menus("macro")}>
        <BulkMacroList onChoose={onMacro} />
      </Act>
      <Plain icon={Download} name={t("bulk.export")} disabled={isIdle} onClick={exported} />
    </div>
  )
}

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

interface ActProps {
  icon: LucideIcon
  name: string
  disabled: boolean
}

const Act = ({
  icon: Icon,
  name,
  disabled,
  menu,
  children,
}: ActProps & { menu: BulkMenuState; children: ReactNode }) => (
  <Menu
    label={name}
    {...menu}
    trigger={
      <Button look="quiet" size="icon" aria-label={name} title={name} disabled={disabled}>
        <Icon />
      </Button>
    }
  >
    {children}
  </Menu>
)

const Plain = ({ icon: Icon, name, disabled, onClick }: ActProps & { onClick: () => void }) => (
  <Button look="quiet" size="icon" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
    <Icon />
  </Button>
)

function Assignees({ change }: { change: (to: BulkChange) => void }) {
  const { t } = useTexts()
  const me = useMe()
  const { users, teams } = useStaffAndTeams()
  const others = users.filter((user) => user.id !== me.id && user.role !== "user" && !isDisabled(user))
  const give = (assignment: NonNullable<BulkChange["assignment"]>) => change({ assignment })
  return (
    <>
      <MenuItem onSelect={() => give({ agentId: me.id })}>{t("ticket.toMe")}</MenuItem>
      <MenuItem onSelect={() => give({ agentId: null })}>{t("ticket.nobody")}</MenuItem>
      {others.length > 0 && <MenuSeparator />}
      {others.map((user) => (
        <AgentMenuItem key={user.id} user={user} onSelect={() => give({ agentId: user.id })} />
      ))}
      {teams.length > 0 && <MenuLabel>{t("ticket.team")}</MenuLabel>}
      {teams.map((team) => (
        <MenuItem key={team.id} onSelect={() => give({ teamId: team.id })}>
          {team.name}
        </MenuItem>
      ))}
    </>
  )
}
