import { type QueryClient, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { MessageSquarePlus } from "lucide-react"
import { useState, type FormEvent } from "react"
import { AttachButton, UploadList } from "../../files/attach-button-and-upload-list.tsx"
import { useUploads } from "../../files/use-uploads.ts"
import { isOutcomeUnknown } from "../../lib/api-client.ts"
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
import { messagesInOrder, messagesQuery } from "../messages/message-queries.ts"
import { openStartConversation } from "../start-conversation/open-start-conversation.ts"
import { CreatedTicket } from "./created-ticket-dialog.tsx"
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
  const client = useQueryClient()
  const [latest, setLatest] = useState<{ opening: NewTicketStart; said: string }>()
  // What the customer said by then: what comes in while it is open changes nothing of what is begun.
  if (opening && opening !== latest?.opening)
    setLatest({ opening, said: opening.from ? customerWordsIn(client, opening.from.number) : "" })
  return latest ? <NewTicket key={latest.opening.from?.id ?? ""} {...latest} open={opening !== undefined} /> : null
}

/** What the customer wrote, as far as it is loaded. */
const customerWordsIn = (client: QueryClient, number: string): string =>
  messagesInOrder(client.getQueryData(messagesQuery(number).queryKey))
    .flatMap(({ direction, content }) => (direction === "in" && content.trim() ? [content.trim()] : []))
    .join("\n\n")

/** What a person began, until it is a ticket or thrown away; what they have not touched is filled in as the conversation stands. */
function useBegun({ from }: NewTicketStart, said: string) {
  const subject = from?.subject || said.split("\n")[0]!.slice(0, 80)
  const filled = { ...blank, subject: from ? subject : "", description: said.slice(0, 65_536) }
  const kept = useFormDraft<Partial<NewTicketForm>>(`new ticket ${from?.id ?? ""}`, {})
  const uploads = useUploads(10)
  const [macro, setMacro] = useState<Macro>()
  const form: NewTicketForm = { ...filled, ...kept.value }
  return {
    form,
    set: (change: Partial<NewTicketForm>) => kept.set((now) => ({ ...now, ...change })),
    uploads,
    macro,
    setMacro,
    isBegun: uploads.uploads.length > 0 || JSON.stringify(form) !== JSON.stringify(filled),
    isReady: form.subject.trim() !== "" && uploads.isReady,
    body: () =>
      bodyOf(
        form,
        from?.id,
        uploads.stored.map(({ id }) => id),
      ),
    drop: () => {
      kept.forget()
      uploads.clear()
      setMacro(undefined)
    },
  }
}

function NewTicket({ opening, said, open }: { opening: NewTicketStart; said: string; open: boolean }) {
  const { from } = opening
  const { t } = useTexts()
  const navigate = useNavigate()
  const create = useCreateTicket()
  const { form, set, uploads, macro, setMacro, isBegun, isReady, body, drop } = useBegun(opening, said)
  const [number, setNumber] = useState<string>()
  const discard = () => {
    drop()
    setNumber(undefined)
    create.reset()
    closeNewTicket()
  }
  const errorOf = useFieldError(create.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // As it is sent it stays: should the answer be lost, the same goes again.
    set(form)
    create.mutate(body(), {
      onSuccess: ({ number: made }) => {
        // Who leaves while the number is shown must not find it all to be made again.
        drop()
        if (from && !macro) return setNumber(made)
        discard()
        if (macro) openMacroDialog({ number: made, macro })
        toast(t("newTicket.created", { number: made }))
        void navigate({ to: "/tickets/$ref", params: { ref: made } })
      },
    })
  }
  if (number !== undefined) return <CreatedTicket number={number} open={open} onClose={discard} />
  return (
    <Dialog
      open={open}
      onClose={closeNewTicket}
      title={t("newTicket.title")}
      text={from && t("newTicket.from", { number: from.number, name: from.contact?.name ?? "" })}
      footer={
        <>
          <AttachButton uploads={uploads} />
          {!from && <StartInstead person={form.person} />}
          <span className="grow" />
          <Button onClick={discard}>{t(isBegun ? "newTicket.discard" : "action.cancel")}</Button>
          <CreateButton error={create.error} isReady={isReady && !create.isPending} />
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

/** After a fault of the server it tries the same again: nothing of what was written is lost. */
function CreateButton({ error, isReady }: { error: unknown; isReady: boolean }) {
  const { t } = useTexts()
  return (
    <Button look="primary" type="submit" form="new-ticket" disabled={!isReady}>
      {t(error && isOutcomeUnknown(error) ? "action.retry" : "newTicket.go")}
    </Button>
  )
}

/** A conversation instead of a ticket; what is begun of the ticket is kept. */
function StartInstead({ person }: Pick<NewTicketForm, "person">) {
  const { t } = useTexts()
  const start = () => {
    closeNewTicket()
    openStartConversation({ person })
  }
  const name = t("conversation.start")
  return (
    <Button look="quiet" size="icon" aria-label={name} title={name} onClick={start}>
      <MessageSquarePlus />
    </Button>
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
      {hasContact && (
        <InputField
          label={t("field.email")}
          type="email"
          maxLength={254}
          value={form.person.email}
          autoFocus
          error={errorOf("contact.email")}
          onChange={({ target }) => set({ person: { ...form.person, email: target.value } })}
        />
      )}
      {!hasContact && <ContactPicker person={form.person} onChange={(person) => set({ person })} errorOf={errorOf} />}
      <InputField
        label={t("newTicket.subject")}
        required
        maxLength={300}
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
    ...(conversationId && { conversationId }),
    ...(Object.keys(contact).length > 0 && { contact }),
    ...(teamId && { teamId }),
    ...(assigneeId && { assigneeId }),
    ...(categoryIds.length > 0 && { categoryIds }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
    ...(attachmentIds.length > 0 && { attachmentIds }),
  }
}
