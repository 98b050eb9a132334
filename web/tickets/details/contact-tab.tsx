import { useQuery } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { useTexts } from "../../lib/language.tsx"
import { LoadedLater } from "../../ui/lazy-part.tsx"
import { ErrorState, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { contactCard } from "../../contacts/load-contact-card.ts"
import { useContactNameOf } from "../../contacts/contact-name.ts"
import { useReplyWindow } from "../composer/reply-window-query.ts"
import { followersSection } from "../messages/mail/load-mail-parts.ts"
import { SectionHeading } from "./definition-list.tsx"
import { isDone, type Ticket } from "../ticket.ts"
import { TicketLine } from "../ticket-line.tsx"
import { ticketsOfContactQuery } from "../ticket-queries.ts"

export function ContactTab({ ticket, place }: { ticket: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
  if (!ticket.contact) return <p className="text-muted">{t("details.noContact")}</p>
  const { isGroup, number } = ticket
  const { id } = ticket.contact
  const title = (
    <Link to="/contacts/$id" params={{ id }} dir="auto" className="underline-offset-2 hover:underline">
      {name}
    </Link>
  )
  return (
    <>
      <LoadedLater
        key={id}
        load={contactCard}
        props={{ id, name, isGroup, title, ofTicket: number }}
        fallback={<Skeleton className="h-40" />}
        onFailed={() => undefined}
      />
      <Followers ticket={ticket} />
      <SectionHeading>{t("details.otherTickets")}</SectionHeading>
      <OtherTickets contactId={id} except={ticket} place={place} />
    </>
  )
}

/** Where answers leave as mails. */
function Followers({ ticket: { number } }: { ticket: Ticket }) {
  const isMail = Boolean(useReplyWindow(number)?.mail)
  if (!isMail) return null
  return (
    <LoadedLater
      key={number}
      load={followersSection}
      props={{ ticketNumber: number }}
      fallback={<Skeleton className="h-24" />}
      onFailed={() => undefined}
    />
  )
}

/** Open ones first, then the newest. */
function OtherTickets({ contactId, except, place }: { contactId: string; except: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const { data, isError, error, refetch } = useQuery(ticketsOfContactQuery(contactId, except.number))
  if (!data && isError) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton className="h-8" />
  const others = data.items
    .filter((one) => one.id !== except.id)
    .toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)))
  if (others.length === 0) return <p className="text-sm text-muted">{t("details.noOtherTickets")}</p>
  return (
    <ul className="-mx-2">
      {others.map((one) => (
        <li key={one.id}>
          <TicketLine ticket={one} search={place.search} />
        </li>
      ))}
    </ul>
  )
}
