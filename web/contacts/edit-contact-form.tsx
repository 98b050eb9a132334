import { Trash2, Undo2 } from "lucide-react"
import type { SyntheticEvent } from "react"
import { patch } from "../lib/api-client.ts"
import { languageName } from "../lib/formats/language-name.ts"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem-text.ts"
import { useAct } from "../lib/use-act-on-server.ts"
import { useFormDraft } from "../lib/use-form-draft.ts"
import { Button } from "../ui/button.tsx"
import { InputField, SelectField, TextAreaField } from "../ui/form-fields.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { changesOf, formOf, type ContactForm } from "./contact-changes.ts"
import { contactQuery, type Contact } from "./contact-query.ts"
import { ContactFieldInputs } from "./contact-field-inputs.tsx"

interface Props {
  contact: Contact
  onClose: () => void
}

/** The card as a form, where the card stood. */
export function EditContactForm({ contact, onClose }: Props) {
  const { t } = useTexts()
  // What was begun is kept with what it was begun from.
  const { value, set: keep, forget } = useFormDraft(`contact ${contact.id}`, { seen: contact, form: formOf(contact) })
  const { seen, form } = value
  const close = () => {
    forget()
    onClose()
  }
  const save = useSave(contact.id, close)
  const errorOf = useFieldError(save.error)
  const set = (change: Partial<ContactForm>) => keep((now) => ({ ...now, form: { ...now.form, ...change } }))
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const changes = changesOf(seen, form, contact)
    if (Object.keys(changes).length === 0) return close()
    if (!save.isPending) save.mutate(changes)
  }
  return (
    <form aria-label={t("contact.edit")} className="mt-4 grid gap-3" onSubmit={submit}>
      <InputField
        label={t("field.name")}
        autoFocus
        autoComplete="off"
        required={seen.name !== ""}
        maxLength={200}
        value={form.name}
        error={errorOf("name")}
        onChange={({ target }) => set({ name: target.value })}
      />
      <Addresses contact={contact} removed={form.removed} onChange={(removed) => set({ removed })} />
      <InputField
        label={t("details.tier")}
        autoComplete="off"
        maxLength={50}
        value={form.tier}
        error={errorOf("tier")}
        onChange={({ target }) => set({ tier: target.value })}
      />
      <LanguageField value={form.language} onChange={(language) => set({ language })} />
      <TextAreaField
        label={t("contact.note")}
        hint={t("contact.noteHint")}
        rows={4}
        maxLength={10_000}
        value={form.note}
        error={errorOf("note")}
        onChange={({ target }) => set({ note: target.value })}
      />
      <ContactFieldInputs form={form} onChange={set} />
      <ProblemLine error={save.error} className="text-sm" />
      <div className="flex justify-end gap-2">
        <Button onClick={close}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" disabled={save.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  )
}

function useSave(id: string, close: () => void) {
  const { t } = useTexts()
  return useAct({
    run: (changes: Record<string, unknown>) => patch<Contact>(`/contacts/${id}`, changes),
    done: (contact, _changes, client) => {
      client.setQueryData(contactQuery(id).queryKey, contact)
      close()
      return t("action.saved")
    },
    // Their name stands in rows and headers; an address that is gone may have been the one that replies went to.
    stale: [["contacts"], ["ticket"], ["tickets"]],
    refused: "in the form",
  })
}

interface AddressesProps {
  contact: Contact
  removed: readonly string[]
  onChange: (removed: readonly string[]) => void
}

/** Phones and e-mails can be taken away; what else they wrote from stays. */
function Addresses({ contact, removed, onChange }: AddressesProps) {
  const { t } = useTexts()
  const typed = contact.identities.filter(({ kind }) => kind === "phone" || kind === "email")
  if (typed.length === 0) return null
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-strong">{t("details.identities")}</legend>
      {typed.map(({ id, value }) => {
        const isGone = removed.includes(id)
        const name = t(isGone ? "contact.keepAddress" : "contact.removeAddress", { value })
        return (
          <div key={id} className="flex min-h-8 items-center gap-2 text-sm">
            <span className={`min-w-0 grow break-all ${isGone ? "text-muted line-through" : ""}`}>{value}</span>
            <Button
              look="quiet"
              size="icon"
              aria-label={name}
              title={name}
              onClick={() => onChange(isGone ? removed.filter((one) => one !== id) : [...removed, id])}
            >
              {isGone ? <Undo2 /> : <Trash2 />}
            </Button>
          </div>
        )
      })}
      {removed.length > 0 && <p className="text-xs text-amber">{t("contact.removeHint")}</p>}
    </fieldset>
  )
}

const offered = ["es", "en", "pt", "fr", "it", "de"]

function LanguageField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t, language } = useTexts()
  const choices = value === "" || offered.includes(value) ? offered : [value, ...offered]
  return (
    <SelectField label={t("details.language")} value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">{t("details.none")}</option>
      {choices.map((one) => (
        <option key={one} value={one}>
          {languageName(one, language)}
        </option>
      ))}
    </SelectField>
  )
}
