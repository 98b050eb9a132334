import { ChevronDown, Clock, Flag } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { classNames } from "../../ui/class-names.ts"
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx"
import { AssignMenus } from "../assignment/assign-menus.tsx"
import { useChangeField, useChangeStatus, useSnooze } from "../ticket-mutations.ts"
import { phaseTones } from "../phase-colours.ts"
import { useOpenMenu, type OpenMenu } from "./open-menu-state.ts"
import { SnoozeChoices, SnoozeDate } from "../snooze/snooze-choices.tsx"
import type { Ticket } from "../ticket.ts"

interface Props {
  ticket: Ticket
  menus: OpenMenu
}

/** What is changed most, one key away each. */
export function HeaderMenus({ ticket }: { ticket: Ticket }) {
  const menus = useOpenMenu(ticket)
  return (
    <>
      <StatusMenu ticket={ticket} menus={menus} />
      <PriorityMenu ticket={ticket} menus={menus} />
      <AssignMenus ticket={ticket} menus={menus} />
      <SnoozeMenu ticket={ticket} menus={menus} />
    </>
  )
}

const statuses = ["open", "pending", "in_progress", "resolved", "closed"] as const

function StatusMenu({ ticket, menus }: Props) {
  const { t } = useTexts()
  const change = useChangeStatus(ticket.number)
  const next = statuses.filter((status) => ticket.can.includes(status))
  const badge = <Badge tone={phaseTones[ticket.phase]}>{t(`status.${ticket.phase}`)}</Badge>
  if (next.length === 0) return <span className="px-1">{badge}</span>
  return (
    <Menu
      label={t("ticket.changeStatus")}
      {...menus("status")}
      trigger={
        <Button
          look="quiet"
          size="sm"
          className="px-1"
          aria-label={`${t("details.status")}: ${t(`status.${ticket.phase}`)}`}
        >
          {badge}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {next.map((status) => (
        <MenuItem key={status} onSelect={() => change.mutate({ status, from: ticket.status, seen: ticket })}>
          {t(`rawStatus.${status}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}

const priorities = ["urgent", "high", "medium", "low"] as const

function PriorityMenu({ ticket, menus }: Props) {
  const { t } = useTexts()
  const change = useChangeField(ticket.number)
  const { priority } = ticket
  const label = t("list.priority", { priority: t(`priority.${priority}`) })
  return (
    <Menu
      label={t("details.priority")}
      {...menus("priority")}
      trigger={
        <Button look="quiet" size="sm" aria-label={label} title={label} disabled={!ticket.can.includes("edit")}>
          <Flag
            aria-hidden
            className={classNames(
              priority === "urgent" && "fill-current text-red",
              priority === "high" && "text-amber",
            )}
          />
          <span className="hidden @min-[640px]:inline">{t(`priority.${priority}`)}</span>
        </Button>
      }
    >
      {priorities.map((one) => (
        <MenuItem
          key={one}
          chosen={one === priority}
          onSelect={() =>
            change.mutate({ field: "priority", seen: ticket, body: { priority: one }, shown: { priority: one } })
          }
        >
          {t(`priority.${one}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function SnoozeMenu({ ticket, menus }: Props) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const snooze = useSnooze(ticket.number)
  const [isDating, setDating] = useState(false)
  const { snoozedUntil } = ticket
  const isAsleep = Boolean(snoozedUntil) && Date.parse(snoozedUntil ?? "") > when.place.now
  const label = isAsleep ? t("snooze.snoozedUntil", { when: when.full(snoozedUntil ?? "") }) : t("snooze.title")
  const until = (at: string | null) => snooze.mutate({ until: at, before: snoozedUntil })
  if (!isAsleep && !ticket.can.includes("snooze")) return null
  return (
    <>
      <Menu
        label={t("snooze.title")}
        {...menus("snooze")}
        trigger={
          <Button look="quiet" size="sm" aria-label={label} title={label}>
            <Clock aria-hidden className={isAsleep ? "text-amber" : undefined} />
            {isAsleep && <span className="hidden @min-[640px]:inline">{when.short(snoozedUntil ?? "")}</span>}
          </Button>
        }
      >
        <SnoozeChoices onChoose={until} onDate={() => setDating(true)} />
        {isAsleep && (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => until(null)}>{t("snooze.unsnooze")}</MenuItem>
          </>
        )}
      </Menu>
      {isDating && <SnoozeDate onChoose={until} onClose={() => setDating(false)} />}
    </>
  )
}
