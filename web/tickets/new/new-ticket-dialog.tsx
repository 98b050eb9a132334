import { useNavigate } from "@tanstack/react-router"
import { useState, type FormEvent } from "react"
import { AttachButton, UploadList } from "../../files/attach-button-and-upload-list.tsx"
import { useUploads } from "../../files/use-uploads.ts"
import { useTexts } from "../../lib/language.tsx"
import { useFormDraft } from "../../lib/use-form-draft.ts"
import { useFieldError } from "../../lib/problem-text.ts"
import { openMacroDialog } from "../../macros/macro-dialog-and-insertion-state.ts"
import type { Macro } from "../../macros/macro-types-and-variables.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { InputField, TextAreaField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import { toast } from "../../ui/toast.tsx"
import { ContactPicker } from "../../contacts/contact-picker.tsx"
import { readContact } from "../../contacts/read-typed-contact.ts"
import { useCreateTicket, type NewTicket as Body } from "./create-ticket.ts"
import { closeNewTicket, useNewTicketStart, type NewTicketStart } from "./open-new-ticket-dialog.ts"
import { MacroChoice } from "./macro-choice.tsx"
import { TeamAndFields } from "./team-and-fields.tsx"
import type { NewTicketForm } from "./new-ticket-form-type.ts"

const blank: NewTicketForm = {
  person: { name: "", email: "", phone: "" },
  subject: "",
  description: "",
  priority: "medium",
  teamId: "",
  assigneeId: "",
  categoryIds: [],
  customFields: {},
}

/** The dialog, wherever it was asked for. Closed it keeps what was begun, with its files; thrown away is what is cancelled. */
export function NewTicketDialog() {
  const opening = useNewTicketStart()
  const [latest, setLatest] = useState(opening)
  if (opening && opening !== latest) setLatest(opening)
  return latest ? <NewTicket key={latest.from?.id ?? ""} opening={latest} open={opening !== undefined} /> : null
}

/** What was begun, until it is a ticket or thrown away. */
function useBegun(from: NewTicketStart["from"]) {
  const first = { ...blank, subject: from?.subject ?? "" }
  const kept = useFormDraft<NewTicketForm>(`new ticket ${from?.id ?? ""}`, first)
  const uploads = useUploads(10)
  const [macro, setMacro] = useState<Macro>()
  const form = kept.value
  return {
    form,
    set: (change: Partial<NewTicketForm>) => kept.set((now) => ({ ...now, ...change })),
    uploads,
    macro,
    setMacro,
    isBegun: uploads.uploads.length > 0 || JSON.stringify(form) !== JSON.stringify(first),
    drop: () => {
      kept.forget()
      uploads.clear()
      setMacro(undefined)
    },
  }
}

function NewTicket({ opening: { from }, open }: { opening: NewTicketStart; open: boolean }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const create = useCreateTicket()
  const { form, set, uploads, macro, setMacro, isBegun, drop } = useBegun(from)
  const discard = () => {
    drop()
    create.reset()
    closeNewTicket()
  }
  const errorOf = useFieldError(create.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const body = bodyOf(
      form,
      from?.id,
      uploads.stored.map(({ id }) => id),
    )
    create.mutate(body, {
      onSuccess: ({ number }) => {
        discard()
        if (macro) openMacroDialog({ number, macro })
        toast(t("newTicket.created", { number }))
        void navigate({ to: "/tickets/$ref", params: { ref: number } })
      },
    })
  }
  return (
    <Dialog
      open={open}
      onClose={closeNewTicket}
      title={t("newTicket.title")}
      text={from && t("newTicket.from", { number: from.number, name: from.contact?.name ?? "" })}
      footer={
        <>
          <AttachButton uploads={uploads} />
          <span className="grow" />
          <Button onClick={discard}>{t(isBegun ? "newTicket.discard" : "action.cancel")}</Button>
          <Button
            look="primary"
            type="submit"
            form="new-ticket"
            disabled={!form.subject.trim() || !uploads.isReady || create.isPending}
          >
            {t("newTicket.go")}
          </Button>
        </>
      }
    >
      <form id="new-ticket" onSubmit={submit} className="grid gap-3">
        <Telling {...{ form, set, errorOf }} hasContact={Boolean(from)} />
        <UploadList uploads={uploads} />
        <TeamAndFields form={form} set={set} errorOf={errorOf} />
        <MacroChoice macro={macro} onChange={setMacro} />
        <ProblemLine error={create.error} className="text-sm" />
      </form>
    </Dialog>
  )
}

interface TellingProps {
  form: NewTicketForm
  set: (change: Partial<NewTicketForm>) => void
  errorOf: (path: string) => string | undefined
  hasContact: boolean
}

/** Who, and what about. */
function Telling({ form, set, errorOf, hasContact }: TellingProps) {
  const { t } = useTexts()
  return (
    <>
      {!hasContact && <ContactPicker person={form.person} onChange={(person) => set({ person })} errorOf={errorOf} />}
      <InputField
        label={t("newTicket.subject")}
        required
        maxLength={300}
        autoFocus={hasContact}
        value={form.subject}
        error={errorOf("subject")}
        onChange={({ target }) => set({ subject: target.value })}
      />
      <TextAreaField
        label={t("details.description")}
        rows={4}
        maxLength={65_536}
        value={form.description}
        error={errorOf("description")}
        onChange={({ target }) => set({ description: target.value })}
      />
    </>
  )
}

function bodyOf(form: NewTicketForm, conversationId: string | undefined, attachmentIds: string[]): Body {
  const { person, subject, description, priority, teamId, assigneeId, categoryIds, customFields } = form
  const contact = Object.fromEntries(
    Object.entries(readContact(person))
      .map(([name, value]: [string, string]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  )
  return {
    subject: subject.trim(),
    priority,
    ...(description.trim() && { description }),
    ...(conversationId ? { conversationId } : Object.keys(contact).length > 0 && { contact }),
    ...(teamId && { teamId }),
    ...(assigneeId && { assigneeId }),
    ...(categoryIds.length > 0 && { categoryIds }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
    ...(attachmentIds.length > 0 && { attachmentIds }),
  }
}
