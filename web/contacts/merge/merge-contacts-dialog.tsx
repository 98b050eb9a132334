import { ArrowDown, ArrowDownUp } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Avatar } from "../../ui/avatar.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { ProblemLine } from "../../ui/problem-line.tsx"
import type { Contact } from "../contact-query.ts"
import { useContactSearch } from "../contact-search.ts"
import { useMergeContacts } from "./merge-mutations.ts"
import { previewMerge } from "./preview-merge.ts"
import { useTicketsBeforeMerge } from "./tickets-before-merge.ts"
import { readableAddress } from "../addresses/first-readable-address.ts"

interface Props {
  contact: Contact
  name: string
  onClose: () => void
}

/** First with whom, then what will become of both, then it is done. */
export function MergeContactsDialog({ contact, name, onClose }: Props) {
  const { t } = useTexts()
  const [other, setOther] = useState<Contact>()
  const [isTurned, setTurned] = useState(false)
  const merge = useMergeContacts(onClose)
  const sides = other && (isTurned ? { from: contact, into: other } : { from: other, into: contact })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("contact.mergeTitle", { name })}
      text={other ? undefined : t("contact.mergeText")}
      footer={
        sides && (
          <>
            <Button onClick={() => setOther(undefined)}>{t("contact.mergeOther")}</Button>
            <span className="grow" />
            <Button look="primary" disabled={merge.isPending} onClick={() => merge.mutate(sides)}>
              {t("contact.mergeGo")}
            </Button>
          </>
        )
      }
    >
      {sides ? (
        <div className="grid gap-3">
          <Preview {...sides} onTurn={() => setTurned(!isTurned)} />
          <ProblemLine error={merge.error} className="text-sm" />
        </div>
      ) : (
        <OtherContact than={contact} onChoose={setOther} />
      )}
    </Dialog>
  )
}

function OtherContact({ than, onChoose }: { than: Contact; onChoose: (contact: Contact) => void }) {
  const { t } = useTexts()
  const [text, setText] = useState("")
  const search = useContactSearch(text)
  const found = search.found?.filter(
    ({ id, isGroup, can }) => id !== than.id && isGroup === than.isGroup && can.includes("merge"),
  )
  return (
    <div className="grid gap-2">
      <InputField
        label={t("contact.search")}
        placeholder={t("newTicket.contactHint")}
        autoFocus
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {found?.length === 0 && <p className="text-sm text-muted">{t("contact.mergeNobody")}</p>}
      <ul aria-label={t("newTicket.known")} className="max-h-64 overflow-y-auto">
        {found?.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              onClick={() => onChoose(one)}
              className="flex min-h-9 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover max-md:min-h-11"
            >
              <Avatar name={one.name} size={20} group={one.isGroup} />
              <span dir="auto" className="min-w-0 truncate">
                {one.name || t("list.unknownContact")}
              </span>
              <span className="ml-auto min-w-0 truncate text-sm text-muted">{readableAddress(one.identities)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

interface PreviewProps {
  from: Contact
  into: Contact
  onTurn: () => void
}

function Preview({ from, into, onTurn }: PreviewProps) {
  const { t } = useTexts()
  const [moving, staying] = [useTicketsBeforeMerge(from), useTicketsBeforeMerge(into)]
  const { gained, filled, uniting } = previewMerge(from, into, moving.conversations, staying.conversations)
  return (
    <>
      <Side contact={from} tickets={moving.total} />
      <div className="flex items-center justify-center gap-2">
        <ArrowDown className="size-4 text-muted" aria-hidden />
        <Button size="sm" onClick={onTurn}>
          <ArrowDownUp aria-hidden />
          {t("contact.mergeTurn")}
        </Button>
      </div>
      <Side contact={into} tickets={staying.total} />
      <ul className="grid list-disc gap-1 pl-5 text-muted" aria-label={t("contact.mergePreview")}>
        <li>{t("contact.mergeStays", { name: into.name || from.name || t("list.unknownContact") })}</li>
        {moving.total !== undefined && <li>{t("contact.mergeTickets", { count: moving.total })}</li>}
        {gained.length > 0 && <li className="break-all">{t("contact.mergeGains", { list: gained.join(", ") })}</li>}
        {filled.map((field) => (
          <li key={field}>{t("contact.mergeFills", { field: t(field) })}</li>
        ))}
        {uniting > 0 && <li>{t("contact.mergeUnites", { count: uniting })}</li>}
        <li>{t("contact.mergeUndo")}</li>
      </ul>
    </>
  )
}

function Side({ contact, tickets }: { contact: Contact; tickets: number | undefined }) {
  const { t } = useTexts()
  return (
    <div className="rounded border border-line p-3">
      <p dir="auto" className="font-strong break-words">
        {contact.name || t("list.unknownContact")}
      </p>
      <p className="text-sm break-all text-muted">
        {[readableAddress(contact.identities), tickets !== undefined && t("contact.tickets", { count: tickets })]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  )
}
