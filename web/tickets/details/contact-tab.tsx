import { useQuery } from "@tanstack/react-query"
import { useEffect } from "react"
import { Link } from "@tanstack/react-router"
import type { InboxLocation } from "../../inbox/inbox-location.ts"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Avatar } from "../../ui/avatar.tsx"
import { Badge } from "../../ui/badge.tsx"
import { ErrorState, Skeleton, LoadingState } from "../../ui/loading-empty-and-error.tsx"
import { AddAddressForm } from "../../contacts/add-address-form.tsx"
import { closeAddAddressRequest } from "../../contacts/open-add-address.ts"
import { contactQuery } from "../../contacts/contact-query.ts"
import { useContactNameOf } from "../../contacts/contact-name.ts"
import { AddressLine } from "../../contacts/address-line.tsx"
import { phaseTones } from "../phase-colours.ts"
import { Definition, DefinitionList, SectionHeading } from "./definition-list.tsx"
import { isDone, type Ticket } from "../ticket.ts"
import { ticketsOfContactQuery } from "../ticket-queries.ts"

export function ContactTab({ ticket, place }: { ticket: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const name = useContactNameOf(ticket)
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
      <SectionHeading>{t("details.otherTickets")}</SectionHeading>
      <OtherTickets contactId={ticket.contact.id} except={ticket} place={place} />
    </>
  )
}

function Person({ id, number }: { id: string; number: string }) {
  const { t } = useTexts()
  const { data: contact, isError } = useQuery(contactQuery(id, number))
  const takesAddress = contact && !contact.isGroup && !contact.isPartial
  useEffect(() => {
    if (contact && !takesAddress) closeAddAddressRequest()
  })
  if (isError) return null
  if (!contact)
    return (
      <LoadingState>
        <Skeleton className="mt-4 h-16" />
      </LoadingState>
    )
  return (
    <>
      {contact.blocked && (
        <p className="mt-2">
          <Badge tone="red">{t("details.blocked")}</Badge>
        </p>
      )}
      <SectionHeading>{t("details.identities")}</SectionHeading>
      <DefinitionList>
        {contact.identities.map((identity) => (
          <AddressLine key={identity.id} contactId={id} identity={identity} />
        ))}
        {contact.language && <Definition name={t("details.language")}>{contact.language}</Definition>}
        {contact.tier && <Definition name={t("details.tier")}>{contact.tier}</Definition>}
        {Object.entries(contact.customFields).map(([field, value]) => (
          <Definition key={field} name={field}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Definition>
        ))}
      </DefinitionList>
      {contact.isPartial && <p className="mt-2 text-sm text-muted">{t("details.partial")}</p>}
      {!contact.isPartial && contact.identities.length === 0 && (
        <p className="text-sm text-muted">{t("details.noIdentities")}</p>
      )}
      {takesAddress && <AddAddressForm contact={contact} number={number} />}
    </>
  )
}

/** Open ones first, then the newest. */
function OtherTickets({ contactId, except, place }: { contactId: string; except: Ticket; place: InboxLocation }) {
  const { t } = useTexts()
  const when = useTimeFormat()
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
