import { useQuery } from "@tanstack/react-query"
import { useState, type SyntheticEvent } from "react"
import { ContactPicker } from "../../contacts/contact-picker.tsx"
import { readContact, type PickedContact } from "../../contacts/read-typed-contact.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFieldError } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { SelectField } from "../../ui/form-fields.tsx"
import { LoadingState, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { ActiveConversation, activeConversationOf, ActiveTickets } from "./active-conversation.tsx"
import { AddressField, useAddress } from "./address-field.tsx"
import { FirstMessage, useFirstMessage } from "./first-message-fields.tsx"
import { useConversationStart, type ConversationStart } from "./open-start-conversation.ts"
import {
  startConnectionsQuery,
  useStartConversation,
  type NewConversation,
  type ContactOrAddressKinds,
  type StartConnection,
} from "./start-conversation-queries.ts"

/** The dialog, wherever it was asked for. */
export function ConversationWithContactDialog({ onClose }: { onClose: () => void }) {
  const start = useConversationStart()
  return start ? <StartConversation start={start} onClose={onClose} /> : null
}

const nobody: PickedContact = { name: "", email: "", phone: "" }

interface StartProps {
  start: ConversationStart
  onClose: () => void
}

/** With whom, from where, and what is said first. */
function StartConversation({ start: { contact, person }, onClose }: StartProps) {
  const { t } = useTexts()
  const recipient = useRecipient(contact?.id, person)
  const { data } = useQuery(startConnectionsQuery(recipient.reached))
  const connections = data?.items ?? []
  const [chosenId, choose] = useState("")
  const chosen = connections.find(({ id }) => id === chosenId) ?? connections.find(usable) ?? connections[0]
  const [address, chooseAddress] = useAddress(chosen)
  // Of somebody described a mail goes where was typed.
  const to = address ?? { address: recipient.email }
  const message = useFirstMessage(chosen, `conversation ${contact?.id ?? ""}`)
  const discard = () => {
    message.forget()
    onClose()
  }
  const start = useStartConversation(discard)
  const errorOf = useFieldError(start.error)
  const active = chosen?.ticket ?? activeConversationOf(start.error)
  const canSend = chosen?.canSend === true && address?.canSend !== false
  const isReady = message.body !== null && canSend && !active && !start.isPending
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const identityId = address?.identityId
    if (isReady) start.mutate({ ...recipient.body(), identityId, connectionId: chosen.id, ...message.body })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={contact ? t("conversation.with", { name: contact.name }) : t("conversation.start")}
      footer={<Footer isReady={isReady} onCancel={discard} />}
    >
      <form id="start-conversation" className="grid gap-3" onSubmit={submit}>
        {!contact && <ContactPicker {...recipient.picker} errorOf={errorOf} />}
        {recipient.isReached && !data && <WaitingConnections />}
        {data && connections.length === 0 && <p className="text-muted">{t("conversation.noConnection")}</p>}
        {chosen && (
          <ConnectionField
            {...{ connections, chosen }}
            onChange={(id) => {
              choose(id)
              message.dropTemplate()
            }}
          />
        )}
        {chosen && address && <AddressField {...{ chosen, address }} onChange={chooseAddress} />}
        {active && <ActiveConversation ticket={active} />}
        {chosen && <ActiveTickets tickets={chosen.activeTickets} />}
        {!active && chosen && canSend && (
          <FirstMessage key={chosen.id} chosen={{ ...chosen, ...to }} {...{ message, errorOf }} />
        )}
        {!active && <ProblemLine error={start.error} className="text-sm" />}
      </form>
    </Dialog>
  )
}

function Footer({ isReady, onCancel }: { isReady: boolean; onCancel: () => void }) {
  const { t } = useTexts()
  return (
    <>
      <Button onClick={onCancel}>{t("action.cancel")}</Button>
      <Button look="primary" type="submit" form="start-conversation" disabled={!isReady}>
        {t("conversation.send")}
      </Button>
    </>
  )
}

const WaitingConnections = () => (
  <LoadingState>
    <Skeleton className="h-9" />
  </LoadingState>
)

const usable = ({ canSend }: StartConnection) => canSend

/** With whom: one who is known, or who is typed. */
function useRecipient(contactId: string | undefined, typed: PickedContact = nobody) {
  const [person, setPerson] = useState(typed)
  const [knownId, setKnownId] = useState(contactId)
  const { email, phone } = readContact(person)
  const reached: ContactOrAddressKinds =
    knownId === undefined
      ? { reach: [...(phone.trim() ? ["phone"] : []), ...(email.trim() ? ["email"] : [])] }
      : { contactId: knownId }
  return {
    reached,
    email: email.trim(),
    isReached: "contactId" in reached || reached.reach.length > 0,
    picker: { person, onChange: setPerson, onKnown: setKnownId },
    body: () => (knownId === undefined ? { contact: withoutEmpty(readContact(person)) } : { contactId: knownId }),
  }
}

const withoutEmpty = (person: PickedContact): NonNullable<NewConversation["contact"]> =>
  Object.fromEntries(
    Object.entries(person).flatMap(([name, value]: [string, string]) => (value.trim() ? [[name, value.trim()]] : [])),
  )

interface ConnectionProps {
  connections: StartConnection[]
  chosen: StartConnection
  onChange: (id: string) => void
}

/** From which connection, and to which address it goes from there; one that cannot says why. */
function ConnectionField({ connections, chosen, onChange }: ConnectionProps) {
  const { t } = useTexts()
  const { addresses, address, by } = chosen
  // A mail names them beside its copies.
  const isShown = addresses.length === 1 && address !== null && by !== "mail"
  const nameOf = ({ name, reason, ticket }: StartConnection) =>
    ticket
      ? t("conversation.isActive", { name, number: ticket.number })
      : reason
        ? t(`conversation.${reason}`, { name })
        : name
  return (
    <SelectField
      label={t("conversation.connection")}
      hint={isShown ? t("conversation.to", { address }) : undefined}
      value={chosen.id}
      onChange={({ target }) => onChange(target.value)}
    >
      {connections.map((one) => (
        <option key={one.id} value={one.id} disabled={!one.canSend && !one.ticket}>
          {nameOf(one)}
        </option>
      ))}
    </SelectField>
  )
}
