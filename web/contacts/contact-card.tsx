import { useQuery } from "@tanstack/react-query"
import { Ban, Ellipsis, Merge, MessageSquarePlus, Pencil } from "lucide-react"
import { useEffect, useState, type ReactNode } from "react"
import { languageName } from "../lib/formats/language-name.ts"
import { useTexts } from "../lib/language.tsx"
import { Definition, DefinitionList, SectionHeading } from "../tickets/details/definition-list.tsx"
import { openStartConversation } from "../tickets/start-conversation/open-start-conversation.ts"
import { Avatar } from "../ui/avatar.tsx"
import { Badge } from "../ui/badge.tsx"
import { Button } from "../ui/button.tsx"
import { LoadingState, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { Menu, MenuItem } from "../ui/menu.tsx"
import { AddAddressForm } from "./addresses/add-address-form.tsx"
import { AddressLine } from "./addresses/address-line.tsx"
import { BlockContactDialog } from "./block-contact-dialog.tsx"
import { contactQuery, type Contact } from "./contact-query.ts"
import { EditContactForm } from "./edit-contact-form.tsx"
import { MergeContactsDialog } from "./merge/merge-contacts-dialog.tsx"
import { MergedContacts } from "./merge/merged-contacts.tsx"
import { closeAddAddressRequest } from "./addresses/open-add-address.ts"

interface Props {
  id: string
  /** As they are called here, with or without a name of their own. */
  name: string
  isGroup: boolean
  title: ReactNode
  /** The ticket beside which the card stands. */
  ofTicket?: string | undefined
}

type Open = "edit" | "merge" | "block"

/** Who somebody is and how they can be reached, edited where it stands. */
export function ContactCard({ id, name, isGroup, title, ofTicket }: Props) {
  const { data: contact, isError } = useQuery(contactQuery(id, ofTicket))
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <>
      <div className="flex items-start gap-3">
        <Avatar name={name} size={40} group={isGroup} />
        <div className="min-w-0 grow self-center text-lg font-strong break-words">{title}</div>
        {contact && <ContactActs {...{ contact, name, open }} onOpen={setOpen} />}
      </div>
      {!contact && !isError && (
        <LoadingState>
          <Skeleton className="mt-4 h-16" />
        </LoadingState>
      )}
      {contact && open === "edit" && <EditContactForm contact={contact} onClose={close} />}
      {contact && open !== "edit" && <Details contact={contact} ofTicket={ofTicket} />}
      {contact && open === "merge" && <MergeContactsDialog {...{ contact, name }} onClose={close} />}
      {contact && open === "block" && <BlockContactDialog {...{ contact, name }} onClose={close} />}
    </>
  )
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value))

interface ActsProps {
  contact: Contact
  name: string
  open: Open | undefined
  onOpen: (open: Open | undefined) => void
}

function ContactActs({ contact: { id, can, blocked, isGroup }, name, open, onOpen }: ActsProps) {
  const { t } = useTexts()
  return (
    <div className="mt-1 flex">
      {can.includes("edit") && !blocked && !isGroup && (
        <Button
          look="quiet"
          size="icon"
          aria-label={t("conversation.start")}
          title={t("conversation.start")}
          onClick={() => openStartConversation({ contact: { id, name } })}
        >
          <MessageSquarePlus />
        </Button>
      )}
      {can.includes("edit") && (
        <Button
          look="quiet"
          size="icon"
          aria-expanded={open === "edit"}
          aria-label={t("contact.edit")}
          title={t("contact.edit")}
          onClick={() => onOpen(open === "edit" ? undefined : "edit")}
        >
          <Pencil />
        </Button>
      )}
      {can.includes("merge") && (
        <Menu
          label={t("contact.more")}
          trigger={
            <Button look="quiet" size="icon" aria-label={t("contact.more")} title={t("contact.more")}>
              <Ellipsis />
            </Button>
          }
        >
          <MenuItem onSelect={() => onOpen("merge")}>
            <Merge aria-hidden />
            {t("contact.merge")}
          </MenuItem>
          <MenuItem onSelect={() => onOpen("block")}>
            <Ban aria-hidden />
            {t(blocked ? "contact.unblock" : "contact.block")}
          </MenuItem>
        </Menu>
      )}
    </div>
  )
}

function Details({ contact, ofTicket }: { contact: Contact; ofTicket: string | undefined }) {
  const { t, language } = useTexts()
  const takesAddress = !contact.isGroup && !contact.isPartial
  useEffect(() => {
    if (!takesAddress) closeAddAddressRequest()
  })
  return (
    <>
      {contact.blocked && (
        <p className="mt-2">
          <Badge tone="red">{t("details.blocked")}</Badge>
        </p>
      )}
      {contact.note && (
        <p dir="auto" className="mt-3 rounded bg-amber-soft p-2 text-sm break-words whitespace-pre-wrap">
          {contact.note}
        </p>
      )}
      <SectionHeading>{t("details.identities")}</SectionHeading>
      <DefinitionList>
        {contact.identities.map((identity) => (
          <AddressLine key={identity.id} contactId={contact.id} identity={identity} />
        ))}
        {contact.language && (
          <Definition name={t("details.language")}>{languageName(contact.language, language)}</Definition>
        )}
        {contact.tier && <Definition name={t("details.tier")}>{contact.tier}</Definition>}
        {Object.entries(contact.customFields).map(([field, value]) => (
          <Definition key={field} name={field}>
            {typeof value === "boolean" ? t(value ? "details.yes" : "details.no") : textOf(value)}
          </Definition>
        ))}
      </DefinitionList>
      {contact.isPartial && <p className="mt-2 text-sm text-muted">{t("details.partial")}</p>}
      {!contact.isPartial && contact.identities.length === 0 && (
        <p className="text-sm text-muted">{t("details.noIdentities")}</p>
      )}
      {takesAddress && <AddAddressForm contact={contact} number={ofTicket ?? contact.id} />}
      <MergedContacts contact={contact} />
    </>
  )
}
