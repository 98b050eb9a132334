import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { FormDialog } from "../../ui/form-dialog.tsx"
import { CheckboxGroup, InputField } from "../../ui/form-fields.tsx"
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
  const save = () => {
    onChange({ add, remove: gone })
    onClose()
  }
  return (
    <FormDialog
      title={t("details.editTags")}
      go={t("action.save")}
      isReady={add.length + gone.length > 0}
      onSubmit={save}
      onClose={onClose}
    >
      <InputField
        label={t("bulk.addTags")}
        hint={t("bulk.addTagsHint")}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {tags.length > 0 && (
        <CheckboxGroup
          legend={t("bulk.removeTags")}
          choices={tags.map((tag) => ({ id: tag, name: tag }))}
          chosen={gone}
          onChange={setGone}
        />
      )}
    </FormDialog>
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
