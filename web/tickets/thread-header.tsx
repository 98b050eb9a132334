import { ArrowLeft, ChevronDown, ChevronUp, PanelRight, RotateCcw, Check } from "lucide-react"
import type { List } from "../inbox/list.ts"
import type { Place } from "../inbox/place.ts"
import { useTexts } from "../lib/language.tsx"
import { Badge } from "../ui/badge.tsx"
import { Button } from "../ui/button.tsx"
import { copyText } from "../ui/copy.tsx"
import { toast } from "../ui/toast.tsx"
import { Tooltip } from "../ui/tooltip.tsx"
import { AssignMenu } from "./assign-menu.tsx"
import { useChangeStatus } from "./change.ts"
import { phaseTones } from "./channel.ts"
import { useNameOf } from "./contact.ts"
import { ending, revival, type Ticket } from "./ticket.ts"
import type { DetailsPanel } from "./ticket-screen.tsx"

interface Props {
  ticket: Ticket
  place: Place
  list: List
  details: DetailsPanel
}

export function ThreadHeader({ ticket, place, list, details }: Props) {
  const { t } = useTexts()
  const name = useNameOf(ticket)
  const title = ticket.kind === "conversation" ? name : ticket.subject
  return (
    <header className="@container shrink-0 border-b border-line">
      <div className="flex min-h-12 flex-wrap items-center gap-x-2 px-3 py-1.5 max-md:px-1">
        <Button
          look="quiet"
          size="icon"
          className="md:hidden"
          aria-label={t("ticket.toInbox")}
          onClick={place.leaveTicket}
        >
          <ArrowLeft />
        </Button>
        <CopyNumber number={ticket.number} />
        <h2
          dir="auto"
          className="min-w-0 grow basis-0 truncate text-lg font-strong @max-[480px]:order-last @max-[480px]:basis-full @max-[480px]:px-3"
          title={title}
        >
          {title || name}
        </h2>
        <Badge tone={phaseTones[ticket.phase]}>{t(`status.${ticket.phase}`)}</Badge>
        <div className="ml-auto flex items-center gap-1">
          <Neighbours place={place} list={list} />
          <AssignMenu ticket={ticket} />
          <EndButton ticket={ticket} />
          <Tooltip text={t("ticket.details")} keys="]">
            <Button
              look="quiet"
              size="icon"
              aria-label={t("ticket.details")}
              aria-expanded={details.isWide ? details.isShown : details.isDrawn}
              onClick={details.toggle}
            >
              <PanelRight />
            </Button>
          </Tooltip>
        </div>
      </div>
    </header>
  )
}

function CopyNumber({ number }: { number: string }) {
  const { t } = useTexts()
  const label = t("ticket.copyNumber", { number })
  const copy = async () => {
    if (await copyText(number)) toast(`${t("action.copied")}: ${number}`)
  }
  return (
    <Tooltip text={label} keys="Ctrl .">
      <button
        type="button"
        className="min-h-6 shrink-0 rounded px-1 text-sm text-muted tabular-nums hover:bg-hover hover:text-ink"
        aria-label={label}
        onClick={() => void copy()}
      >
        {number}
      </button>
    </Tooltip>
  )
}

function Neighbours({ place, list }: { place: Place; list: List }) {
  const { t } = useTexts()
  const { next, previous } = list
  return (
    <span className="hidden @min-[640px]:flex">
      <Tooltip text={t("ticket.previous")} keys="K">
        <Button
          look="quiet"
          size="icon"
          aria-label={t("ticket.previous")}
          disabled={!previous}
          onClick={() => previous && place.openTicket(previous)}
        >
          <ChevronUp />
        </Button>
      </Tooltip>
      <Tooltip text={t("ticket.next")} keys="J">
        <Button
          look="quiet"
          size="icon"
          aria-label={t("ticket.next")}
          disabled={!next}
          onClick={() => next && place.openTicket(next)}
        >
          <ChevronDown />
        </Button>
      </Tooltip>
    </span>
  )
}

function EndButton({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const status = useChangeStatus(ticket.number)
  const end = ending(ticket)
  const back = revival(ticket)
  const go = (next: string) => status.mutate({ status: next, from: ticket.status })
  if (end)
    return (
      <Button onClick={() => go(end)}>
        <Check aria-hidden />
        {end === "closed" ? t("ticket.close") : t("ticket.resolve")}
      </Button>
    )
  return (
    back && (
      <Button onClick={() => go(back)}>
        <RotateCcw aria-hidden />
        {t("ticket.reopen")}
      </Button>
    )
  )
}
