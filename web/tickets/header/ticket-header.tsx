import { ArrowLeft, ChevronDown, ChevronUp, PanelRight, SlidersHorizontal } from "lucide-react"
import { useState } from "react"
import type { NeighbouringTickets } from "../../inbox/list/use-ticket-list.ts"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { copyText } from "../../ui/copy-button-and-snippet.tsx"
import { toast } from "../../ui/toast.tsx"
import { Tooltip } from "../../ui/tooltip.tsx"
import { ViewerAvatars } from "../viewers/viewer-avatars-and-typing-line.tsx"
import { EditConflictBanner } from "../edit-conflict-banner.tsx"
import { CloseOrResolveButton } from "../lifecycle/close-or-resolve-button.tsx"
import { ExplainedDeadlineChips } from "../sla/explained-deadline-chips.tsx"
import { HeaderMenus } from "./header-menus.tsx"
import { MoreMenu } from "./more-menu.tsx"
import { SubjectField } from "./subject-field.tsx"
import type { Ticket } from "../ticket.ts"
import type { DetailsPanelState } from "../details/details-panel-state.ts"

interface Props {
  ticket: Ticket
  place: InboxLocation
  neighbours: NeighbouringTickets
  details: DetailsPanelState
}

export function TicketHeader({ ticket, place, neighbours, details }: Props) {
  const { t } = useTexts()
  const [isUnfolded, setUnfolded] = useState(false)
  return (
    <header className="@container shrink-0 border-b border-line short:max-h-[45dvh] short:overflow-y-auto">
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 px-3 pt-1 max-md:px-1 short:max-md:flex-nowrap short:max-md:pt-0">
        <Button
          look="quiet"
          size="icon"
          className="md:hidden"
          aria-label={t("ticket.toInbox")}
          onClick={place.leaveTicket}
        >
          <ArrowLeft />
        </Button>
        <span className="flex shrink-0 short:max-md:hidden">
          <CopyNumber number={ticket.number} />
        </span>
        <SubjectField ticket={ticket} />
        <div className="ml-auto flex items-center gap-1">
          <ViewerAvatars ticketId={ticket.id} />
          <Neighbours place={place} neighbours={neighbours} />
          <UnfoldButton isUnfolded={isUnfolded} onClick={() => setUnfolded(!isUnfolded)} />
          <MoreMenu ticket={ticket} />
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
      <div className={isUnfolded ? undefined : folded}>
        <div className="flex flex-wrap items-center gap-0.5 px-2 pb-1 max-md:px-1">
          <span className="hidden short:max-md:flex">
            <CopyNumber number={ticket.number} />
          </span>
          <HeaderMenus ticket={ticket} />
          <span className="grow" />
          <CloseOrResolveButton ticket={ticket} />
        </div>
        <ExplainedDeadlineChips ticket={ticket} className="px-3 pb-1.5" />
      </div>
      <EditConflictBanner number={ticket.number} />
    </header>
  )
}

// Where there is little height, until it is asked for: out of sight and still there, so that the focus and the menus that keys
// open unfold it.
const folded = "short:max-md:not-focus-within:h-0 short:max-md:not-focus-within:overflow-hidden"

function UnfoldButton({ isUnfolded, onClick }: { isUnfolded: boolean; onClick: () => void }) {
  const { t } = useTexts()
  const label = t("ticket.controls")
  return (
    <span className="hidden short:max-md:flex">
      <Button look="quiet" size="icon" aria-label={label} title={label} aria-expanded={isUnfolded} onClick={onClick}>
        <SlidersHorizontal />
      </Button>
    </span>
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

function Neighbours({ place, neighbours }: Pick<Props, "place" | "neighbours">) {
  const { t } = useTexts()
  const { next, previous } = neighbours
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
