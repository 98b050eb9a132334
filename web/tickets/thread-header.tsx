import { ArrowLeft, ChevronDown, ChevronUp, PanelRight } from "lucide-react"
import type { List } from "../inbox/list.ts"
import type { Place } from "../inbox/place.ts"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { copyText } from "../ui/copy.tsx"
import { toast } from "../ui/toast.tsx"
import { Tooltip } from "../ui/tooltip.tsx"
import { Viewers } from "./company-marks.tsx"
import { ConflictBanner } from "./conflict-banner.tsx"
import { EndButton } from "./end-button.tsx"
import { HeaderTools } from "./header-tools.tsx"
import { MoreMenu } from "./more-menu.tsx"
import { Subject } from "./subject.tsx"
import type { Ticket } from "./ticket.ts"
import type { DetailsPanel } from "./ticket-screen.tsx"

interface Props {
  ticket: Ticket
  place: Place
  list: List
  details: DetailsPanel
}

export function ThreadHeader({ ticket, place, list, details }: Props) {
  const { t } = useTexts()
  return (
    <header className="@container shrink-0 border-b border-line">
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 px-3 pt-1 max-md:px-1">
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
        <Subject ticket={ticket} />
        <div className="ml-auto flex items-center gap-1">
          <Viewers ticketId={ticket.id} />
          <Neighbours place={place} list={list} />
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
      <div className="flex flex-wrap items-center gap-0.5 px-2 pb-1 max-md:px-1">
        <HeaderTools ticket={ticket} />
        <span className="grow" />
        <EndButton ticket={ticket} place={place} list={list} />
      </div>
      <ConflictBanner number={ticket.number} />
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
