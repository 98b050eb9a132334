import { useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { SectionHeading, SectionLevel } from "../tickets/details/definition-list.tsx"
import { isDone, type ListedTicket } from "../tickets/ticket.ts"
import { TicketLine } from "../tickets/ticket-line.tsx"
import { ticketsQuery } from "../tickets/ticket-queries.ts"
import { BackLink } from "../ui/back-link.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { MoreButton } from "../ui/more-button.tsx"
import { ContactCard } from "./contact-card.tsx"
import { contactQuery } from "./contact-query.ts"
import { useNameOfContact } from "./name-of-contact.ts"

/** Somebody and all their tickets in sight, open ones first. */
export function ContactPage() {
  const { t } = useTexts()
  const { id = "" } = useParams({ strict: false })
  const query = useQuery(contactQuery(id))
  const nameOf = useNameOfContact()
  return (
    <SectionLevel value="h2">
      <BackLink to="/contacts">{t("nav.contacts")}</BackLink>
      {query.data ? (
        <div className="grid gap-x-10 gap-y-6 md:grid-cols-[minmax(0,320px)_minmax(0,1fr)]">
          <section aria-label={t("details.contact")}>
            <ContactCard
              key={query.data.id}
              id={query.data.id}
              name={nameOf(query.data)}
              isGroup={query.data.isGroup}
              title={<h1 dir="auto">{nameOf(query.data)}</h1>}
            />
          </section>
          <Tickets contactId={query.data.id} />
        </div>
      ) : (
        <NotLoaded query={query}>
          <Skeleton className="h-64" />
        </NotLoaded>
      )}
    </SectionLevel>
  )
}

function Tickets({ contactId }: { contactId: string }) {
  const { t } = useTexts()
  const query = useInfiniteQuery(ticketsQuery({ contactId, sort: "-lastMessageAt" }))
  const [ended, open] = partition(query.data?.pages.flatMap((page) => page.items) ?? [])
  return (
    <section aria-label={t("contact.allTickets")}>
      {query.data ? (
        <>
          <TicketLines title={t("contact.openTickets")} tickets={open} />
          <TicketLines title={t("contact.endedTickets")} tickets={ended} />
        </>
      ) : (
        <NotLoaded query={query}>
          <Skeleton className="h-32" />
        </NotLoaded>
      )}
      <MoreButton query={query} size="sm" className="mt-2" />
    </section>
  )
}

const partition = (tickets: ListedTicket[]) => [tickets.filter(isDone), tickets.filter((one) => !isDone(one))] as const

function TicketLines({ title, tickets }: { title: string; tickets: ListedTicket[] }) {
  const { t } = useTexts()
  return (
    <>
      <SectionHeading>{title}</SectionHeading>
      {tickets.length === 0 && <p className="text-sm text-muted">{t("contact.noTickets")}</p>}
      <ul className="-mx-2">
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <TicketLine ticket={ticket} search={{ view: "all" }} />
          </li>
        ))}
      </ul>
    </>
  )
}
