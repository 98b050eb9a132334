import { useState, type FormEvent } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import { CheckboxField, InputField } from "../../ui/form-fields.tsx"
import { useChangeField } from "../ticket-mutations.ts"
import type { Ticket } from "../ticket.ts"

interface Props {
  /** What is there already. */
  tags: string[]
  onChange: (change: { add: string[]; remove: string[] }) => void
  onClose: () => void
}

/** Adds what is written, takes away what is ticked. */
export function TagsDialog({ tags, onChange, onClose }: Props) {
  const { t } = useTexts()
  const [text, setText] = useState("")
  const [gone, setGone] = useState<string[]>([])
  const add = text
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (add.length + gone.length > 0) onChange({ add, remove: gone })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("details.editTags")}
      footer={
        <>
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button look="primary" type="submit" form="tags" disabled={add.length + gone.length === 0}>
            {t("action.save")}
          </Button>
        </>
      }
    >
      <form id="tags" onSubmit={save} className="grid gap-4">
        <InputField
          label={t("bulk.addTags")}
          hint={t("bulk.addTagsHint")}
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {tags.length > 0 && (
          <fieldset>
            <legend className="mb-1 text-sm font-strong">{t("bulk.removeTags")}</legend>
            {tags.map((tag) => (
              <CheckboxField
                key={tag}
                label={tag}
                checked={gone.includes(tag)}
                onChange={({ target }) => setGone(target.checked ? [...gone, tag] : gone.filter((one) => one !== tag))}
              />
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  )
}

export function TicketTagsDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const change = useChangeField(ticket.number)
  const set = ({ add, remove }: { add: string[]; remove: string[] }) => {
    const tags = [...new Set([...ticket.tags.filter((tag) => !remove.includes(tag)), ...add])]
    change.mutate({ field: "tags", seen: ticket, body: { tags }, shown: { tags } })
  }
  return <TagsDialog tags={ticket.tags} onChange={set} onClose={onClose} />
}
