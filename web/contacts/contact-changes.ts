// What a person has changed in the form of a contact: only that is sent, so that what a colleague changed meanwhile stays.
import type { Contact } from "./contact-query.ts"

export type FieldValue = Contact["customFields"][string]

type Fields = Contact["customFields"]

export interface ContactForm {
  name: string
  tier: string
  language: string
  note: string
  customFields: Record<string, FieldValue>
  /** One more that is being written; without a name it is none. */
  newField: { name: string; value: string }
  /** Ids of addresses that are taken away. */
  removed: readonly string[]
}

export const formOf = ({ name, tier, language, note, customFields }: Contact): ContactForm => ({
  name,
  tier: tier ?? "",
  language: language ?? "",
  note,
  customFields,
  newField: { name: "", value: "" },
  removed: [],
})

/** The body of the change; empty when nothing differs. `now`: the contact as it is by now. */
export function changesOf(seen: Contact, form: ContactForm, now: Contact): Record<string, unknown> {
  const before = formOf(seen)
  const [name, tier, note] = [form.name.trim(), form.tier.trim(), form.note.trim()]
  const customFields = withNewField(form)
  const hasOtherFields = JSON.stringify(customFields) !== JSON.stringify(before.customFields)
  return {
    ...(name !== before.name && { name }),
    ...(tier !== before.tier && { tier: tier || null }),
    ...(form.language !== before.language && { language: form.language || null }),
    ...(note !== before.note && { note }),
    ...(hasOtherFields && { customFields: withEdits(now.customFields, seen.customFields, customFields) }),
    ...(form.removed.length > 0 && { removeIdentityIds: form.removed }),
  }
}

export function withNewField({ customFields, newField }: ContactForm): Record<string, FieldValue> {
  const name = newField.name.trim()
  return name === "" || Object.hasOwn(customFields, name) ? customFields : { ...customFields, [name]: newField.value }
}

/** The fields as they are by now, with what the form changed of those that it began from. */
function withEdits(now: Fields, seen: Fields, edited: Fields): Fields {
  const isEdited = ([key]: [string, FieldValue]) => JSON.stringify(seen[key]) !== JSON.stringify(edited[key])
  const untouched = Object.entries(now).filter((field) => !isEdited(field))
  return Object.fromEntries([...untouched, ...Object.entries(edited).filter(isEdited)])
}
