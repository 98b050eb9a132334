import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Avatar } from "../ui/avatar.tsx"
import { Button } from "../ui/button.tsx"
import { InputField } from "../ui/form-fields.tsx"
import type { Contact } from "./contact-query.ts"
import { useContactSearch } from "./contact-search.ts"
import { PhonePreview } from "./addresses/phone-preview.tsx"
import { readContact, type PickedContact } from "./read-typed-contact.ts"

interface Props {
  person: PickedContact
  onChange: (person: PickedContact) => void
  /** The id of whom was found; undefined when it is somebody else. */
  onKnown?: (id: string | undefined) => void
  errorOf: (path: string) => string | undefined
}

const addressIn = ({ identities }: Contact, kind: "email" | "phone") =>
  identities.find((one) => one.kind === kind)?.value ?? ""

/** Somebody known, found by name, number or e-mail; or somebody new. The server finds again who has that address. */
export function ContactPicker({ person, onChange, onKnown, errorOf }: Props) {
  const { t } = useTexts()
  const [isKnown, setKnown] = useState(false)
  if (isKnown)
    return (
      <div className="flex items-center gap-2 rounded border border-line p-2">
        <Avatar name={person.name || "#"} />
        <div className="min-w-0 grow">
          <p className="truncate font-strong">{person.name}</p>
          <p className="truncate text-sm text-muted">{person.email || person.phone}</p>
        </div>
        <Button
          size="sm"
          autoFocus
          onClick={() => {
            setKnown(false)
            onKnown?.(undefined)
            onChange({ name: "", email: "", phone: "" })
          }}
        >
          {t("newTicket.otherContact")}
        </Button>
      </div>
    )
  const choose = (contact: Contact) => {
    onChange({ name: contact.name, email: addressIn(contact, "email"), phone: addressIn(contact, "phone") })
    setKnown(true)
    onKnown?.(contact.isPartial ? undefined : contact.id)
  }
  const set = (name: keyof PickedContact) => ({
    value: person[name],
    onChange: ({ target }: { target: { value: string } }) => onChange({ ...person, [name]: target.value }),
  })
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">{t("details.contact")}</legend>
      <InputField
        label={t("details.contact")}
        placeholder={t("newTicket.contactHint")}
        autoFocus
        autoComplete="off"
        maxLength={200}
        {...set("name")}
        onBlur={() => onChange(readContact(person))}
        error={errorOf("contact.name")}
      />
      <Known text={person.name || person.phone || person.email} onChoose={choose} />
      <div className="grid gap-2 sm:grid-cols-2">
        <InputField label={t("field.email")} type="email" {...set("email")} error={errorOf("contact.email")} />
        <InputField label={t("identity.phone")} type="tel" {...set("phone")} error={errorOf("contact.phone")} />
        <PhonePreview text={person.phone} />
      </div>
    </fieldset>
  )
}

/** Only contacts that an address distinguishes; a visitor of the chat is found in their conversation. */
function Known({ text, onChoose }: { text: string; onChoose: (contact: Contact) => void }) {
  const { t } = useTexts()
  const search = useContactSearch(text)
  const found = (search.found ?? []).filter((one) => addressIn(one, "email") || addressIn(one, "phone"))
  if (found.length === 0) return null
  return (
    <ul aria-label={t("newTicket.known")} className="max-h-40 overflow-y-auto rounded border border-line">
      {found.map((contact) => (
        <li key={contact.id}>
          <button
            type="button"
            onClick={() => onChoose(contact)}
            className="flex min-h-9 w-full items-center gap-2 px-2 text-left hover:bg-hover max-md:min-h-11"
          >
            <Avatar name={contact.name} size={20} />
            <span className="min-w-0 truncate">{contact.name}</span>
            <span className="ml-auto min-w-0 truncate text-sm text-muted">
              {addressIn(contact, "email") || addressIn(contact, "phone")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
