import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { Link } from "@tanstack/react-router"
import type { Place } from "../inbox/place.ts"
import { useTexts } from "../lib/language.tsx"
import { useWhen } from "../lib/when.ts"
import { Avatar } from "../ui/avatar.tsx"
import { Badge } from "../ui/badge.tsx"
import { Broken, Skeleton, Waiting } from "../ui/state.tsx"
import { AddAddress } from "./add-address.tsx"
import { addressIsOpen } from "./address-opening.ts"
import { contactQuery, useNameOf } from "./contact.ts"
import { ContactAddress } from "./contact-address.tsx"
import { phaseTones } from "./channel.ts"
import { Fact, Facts, Heading } from "./facts.tsx"
import { isDone, type Ticket } from "./ticket.ts"
import { ticketsOfContactQuery } from "./tickets.ts"

export function ContactTab({ ticket, place }: { ticket: Ticket; place: Place }) {
  const { t } = useTexts()
  const name = useNameOf(ticket)
  if (!ticket.contact) return <p className="text-muted">{t("details.noContact")}</p>
  return (
    <>
      <div className="flex items-center gap-3">
        <Avatar name={name} size={40} group={ticket.isGroup} />
        <p dir="auto" className="min-w-0 text-lg font-strong break-words">
          {name}
        </p>
      </div>
      <Person id={ticket.contact.id} number={ticket.number} />
      <Heading>{t("details.otherTickets")}</Heading>
      <OtherTickets contactId={ticket.contact.id} except={ticket.id} place={place} />
    </>
  )
}

function Person({ id, number }: { id: string; number: string }) {
  const { t } = useTexts()
  const { data: contact, isError } = useQuery(contactQuery(id))
  const takesAddress = contact && !contact.isGroup && !contact.isPartial
  useEffect(() => {
    if (contact && !takesAddress) addressIsOpen()
  })
  if (isError) return null
  if (!contact)
    return (
      <Waiting>
        <Skeleton className="mt-4 h-16" />
      </Waiting>
    )
  return (
    <>
      {contact.blocked && (
        <p className="mt-2">
          <Badge tone="red">{t("details.blocked")}</Badge>
        </p>
      )}
      <Heading>{t("details.identities")}</Heading>
      <Facts>
        {contact.identities.map((identity) => (
          <ContactAddress key={identity.id} contactId={id} identity={identity} />
        ))}
        {contact.language && <Fact name={t("details.language")}>{contact.language}</Fact>}
        {contact.tier && <Fact name={t("details.tier")}>{contact.tier}</Fact>}
        {Object.entries(contact.customFields).map(([field, value]) => (
          <Fact key={field} name={field}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Fact>
        ))}
      </Facts>
      {contact.isPartial && <p className="mt-2 text-sm text-muted">{t("details.partial")}</p>}
      {!contact.isPartial && contact.identities.length === 0 && (
        <p className="text-sm text-muted">{t("details.noIdentities")}</p>
      )}
      {takesAddress && <AddAddress contact={contact} number={number} />}
    </>
  )
}

/** Open ones first, then the newest. */
function OtherTickets({ contactId, except, place }: { contactId: string; except: string; place: Place }) {
  const { t } = useTexts()
  const when = useWhen()
  const { data, isError, error, refetch } = useQuery(ticketsOfContactQuery(contactId))
  if (!data && isError) return <Broken error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton className="h-8" />
  const others = data.items.filter((one) => one.id !== except).toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)))
  if (others.length === 0) return <p className="text-sm text-muted">{t("details.noOtherTickets")}</p>
  return (
    <ul className="-mx-2">
      {others.map((one) => (
        <li key={one.id}>
          <Link
            to="/tickets/$ref"
            params={{ ref: one.number }}
            search={place.search}
            className="flex min-h-8 items-center gap-2 rounded px-2 text-sm hover:bg-hover"
          >
            <span className="shrink-0 tabular-nums">{one.number}</span>
            <span className="min-w-0 grow truncate text-muted">{one.preview?.text ?? one.subject}</span>
            <Badge tone={phaseTones[one.phase]}>{t(`status.${one.phase}`)}</Badge>
            <time className="shrink-0 text-xs text-faint tabular-nums" dateTime={one.createdAt}>
              {when.short(one.lastMessageAt ?? one.createdAt)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  )
}
