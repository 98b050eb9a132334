import { CircleDot, Clock, Download, Flag, Tag, UserRoundPlus, Zap, type LucideIcon } from "lucide-react"
import type { ReactNode } from "react"
import { useTexts } from "../../lib/language.tsx"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { SnoozeChoices } from "../../tickets/snooze/snooze-choices.tsx"
import type { ListedTicket } from "../../tickets/ticket.ts"
import { Button } from "../../ui/button.tsx"
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "../../ui/menu.tsx"
import { toast } from "../../ui/toast.tsx"
import { csvExportUrl } from "../../files/csv-export-url.ts"
import { mayApply, mayChange } from "./allowed-tickets.ts"
import { BulkAssignees } from "./bulk-assignees.tsx"
import { BulkMacroList } from "./bulk-macro-list.tsx"
import { useBulkMenuState, type BulkMenuState } from "./bulk-menu-state.ts"
import type { BulkChange } from "./bulk-undo-jobs.ts"

const priorities = ["urgent", "high", "medium", "low"] as const
const statuses = ["open", "pending", "in_progress", "resolved", "closed"] as const

interface Props {
  tickets: ListedTicket[]
  isIdle: boolean
  onChange: (to: BulkChange) => void
  onMacro: (macro: Macro) => void
  onDialog: (dialog: "tags" | "snooze") => void
}

/** What may be done with some of the tickets at least, each with its key. */
export function BulkActions({ tickets, isIdle, onChange, onMacro, onDialog }: Props) {
  const { t, language } = useTexts()
  const mayTag = countOf(tickets, { tags: { add: [], remove: [] } })
  const tags = () => {
    if (mayTag > 0) onDialog("tags")
  }
  const menus = useBulkMenuState(tags)
  const exported = () => {
    location.assign(csvExportUrl("tickets", { id: tickets.map((one) => one.id) }, language))
    toast(t("list.exported"))
  }
  const tagsOfSome = { act: t("details.tags"), count: mayTag, total: tickets.length }
  return (
    <div className="flex flex-wrap gap-0.5">
      <ActionMenu icon={UserRoundPlus} name={t("ticket.assign")} disabled={isIdle} menu={menus("assign")}>
        <ForSome tickets={tickets} change={{ assignment: {} }}>
          <BulkAssignees give={(assignment) => onChange({ assignment })} />
        </ForSome>
      </ActionMenu>
      <ActionMenu icon={CircleDot} name={t("filter.phase")} disabled={isIdle} menu={menus("status")}>
        <Statuses tickets={tickets} onChange={onChange} />
      </ActionMenu>
      <ActionMenu icon={Flag} name={t("details.priority")} disabled={isIdle} menu={menus("priority")}>
        <ForSome tickets={tickets} change={{ priority: "low" }}>
          {priorities.map((priority) => (
            <MenuItem key={priority} onSelect={() => onChange({ priority })}>
              {t(`priority.${priority}`)}
            </MenuItem>
          ))}
        </ForSome>
      </ActionMenu>
      <Action
        icon={Tag}
        name={mayTag < tickets.length ? t("bulk.some", tagsOfSome) : t("details.tags")}
        disabled={isIdle || mayTag === 0}
        onClick={tags}
      />
      <ActionMenu icon={Clock} name={t("snooze.title")} disabled={isIdle} menu={menus("snooze")}>
        <Snoozing tickets={tickets} onChange={onChange} onDate={() => onDialog("snooze")} />
      </ActionMenu>
      <ActionMenu icon={Zap} name={t("macros.onMany")} disabled={isIdle} menu={menus("macro")}>
        <Macros tickets={tickets} onMacro={onMacro} />
      </ActionMenu>
      <Action icon={Download} name={t("bulk.export")} disabled={isIdle} onClick={exported} />
    </div>
  )
}

const countOf = (tickets: ListedTicket[], to: BulkChange) => tickets.filter((ticket) => mayChange(ticket, to)).length

function Statuses({ tickets, onChange }: Pick<Props, "tickets" | "onChange">) {
  const { t } = useTexts()
  const possible = statuses.map((status) => ({ status, count: countOf(tickets, { status }) }))
  if (possible.every(({ count }) => count === 0)) return <MenuLabel>{t("bulk.noStatus")}</MenuLabel>
  return possible.flatMap(({ status, count }) =>
    count === 0
      ? []
      : [
          <MenuItem key={status} aside={<Share count={count} of={tickets} />} onSelect={() => onChange({ status })}>
            {t(`rawStatus.${status}`)}
          </MenuItem>,
        ],
  )
}

/** Any time: only whether a ticket may be snoozed. */
const someTime = { snooze: "" }

function Snoozing({ tickets, onChange, onDate }: Pick<Props, "tickets" | "onChange"> & { onDate: () => void }) {
  const { t } = useTexts()
  const asleep = countOf(tickets, { snooze: null })
  return (
    <>
      <ForSome tickets={tickets} change={someTime}>
        <SnoozeChoices onChoose={(until) => onChange({ snooze: until })} onDate={onDate} />
      </ForSome>
      {asleep > 0 && (
        <>
          <MenuSeparator />
          <MenuItem aside={<Share count={asleep} of={tickets} />} onSelect={() => onChange({ snooze: null })}>
            {t("snooze.unsnooze")}
          </MenuItem>
        </>
      )}
    </>
  )
}

function Macros({ tickets, onMacro }: Pick<Props, "tickets" | "onMacro">) {
  const shareOf = (macro: Macro) => {
    const count = tickets.filter((ticket) => mayApply(ticket, macro)).length
    return { isFor: count > 0, share: <Share count={count} of={tickets} /> }
  }
  return <BulkMacroList shareOf={shareOf} onChoose={onMacro} />
}

/** "7 of 9", where an action is not for all of them. */
function Share({ count, of: tickets }: { count: number; of: ListedTicket[] }) {
  const { t } = useTexts()
  if (count === tickets.length) return null
  return (
    <span className="shrink-0 text-xs text-muted tabular-nums">{t("bulk.of", { count, total: tickets.length })}</span>
  )
}

/** What a menu offers for those of the tickets that may be changed so; nothing when none may. */
function ForSome({ tickets, change, children }: { tickets: ListedTicket[]; change: BulkChange; children: ReactNode }) {
  const { t } = useTexts()
  const count = countOf(tickets, change)
  if (count === 0) return <MenuLabel>{t("bulk.forNone")}</MenuLabel>
  return (
    <>
      {count < tickets.length && <MenuLabel>{t("bulk.forSome", { count, total: tickets.length })}</MenuLabel>}
      {children}
    </>
  )
}

interface ActionProps {
  icon: LucideIcon
  name: string
  disabled: boolean
}

const ActionMenu = ({
  icon: Icon,
  name,
  disabled,
  menu,
  children,
}: ActionProps & { menu: BulkMenuState; children: ReactNode }) => (
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

const Action = ({ icon: Icon, name, disabled, onClick }: ActionProps & { onClick: () => void }) => (
  <Button look="quiet" size="icon" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
    <Icon />
  </Button>
)
