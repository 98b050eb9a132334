import { Tabs } from "radix-ui"
import { useState } from "react"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { useTexts } from "../../lib/language.tsx"
import { useAddAddressRequested } from "../../contacts/addresses/open-add-address.ts"
import { ActivityTab } from "./activity-tab.tsx"
import { ContactTab } from "./contact-tab.tsx"
import { LinksTab } from "./links-tab.tsx"
import { useSuggestedLinks } from "./suggested-links-query.ts"
import type { Ticket } from "../ticket.ts"
import { TicketTab } from "./ticket-tab.tsx"
import { DecisionsTab } from "./automatic-decisions-tab.tsx"

const tabs = ["contact", "ticket", "links", "activity", "why"] as const

export function TicketDetails({ ticket, place }: { ticket: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const [tab, setTab] = useState<string>("contact")
  const suggested = useSuggestedLinks(ticket)
  const isWanted = useAddAddressRequested(ticket.number)
  if (isWanted && tab !== "contact") setTab("contact")
  const content = "min-h-0 grow overflow-y-auto p-4"
  return (
    <Tabs.Root value={tab} onValueChange={setTab} className="flex h-full flex-col">
      <Tabs.List
        aria-label={t("details.label")}
        className="flex min-h-12 shrink-0 items-end justify-between gap-1.5 overflow-x-auto overflow-y-hidden border-b border-line px-3 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab}
            value={tab}
            className="-mb-px h-9 border-b-2 border-transparent text-sm whitespace-nowrap text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:font-strong data-[state=active]:text-ink"
          >
            {t(`details.${tab}`)}
            {tab === "links" && suggested.length > 0 && (
              <span className="ml-1 rounded-full bg-amber-soft px-1.5 text-xs text-ink tabular-nums">
                {suggested.length}
              </span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="contact" className={content}>
        <ContactTab ticket={ticket} place={place} />
      </Tabs.Content>
      <Tabs.Content value="ticket" className={content}>
        <TicketTab ticket={ticket} />
      </Tabs.Content>
      <Tabs.Content value="links" className={content}>
        <LinksTab ticket={ticket} place={place} />
      </Tabs.Content>
      <Tabs.Content value="why" className={content}>
        <DecisionsTab number={ticket.number} />
      </Tabs.Content>
      <Tabs.Content value="activity" className={content}>
        <ActivityTab number={ticket.number} kind={ticket.kind} />
      </Tabs.Content>
    </Tabs.Root>
  )
}
