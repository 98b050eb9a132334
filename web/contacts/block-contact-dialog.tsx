import { patch } from "../lib/api-client.ts"
import { useTexts } from "../lib/language.tsx"
import { useAct } from "../lib/use-act-on-server.ts"
import { FormDialog } from "../ui/form-dialog.tsx"
import type { Contact } from "./contact-query.ts"

interface Props {
  contact: Contact
  name: string
  onClose: () => void
}

/** Says what blocking somebody means before it is done; and takes it back. */
export function BlockContactDialog({ contact, name, onClose }: Props) {
  const { t } = useTexts()
  const { blocked } = contact
  const block = useSetBlocked(contact.id, name)
  return (
    <FormDialog
      title={t(blocked ? "contact.unblockTitle" : "contact.blockTitle", { name })}
      text={t(blocked ? "contact.unblockText" : "contact.blockText")}
      go={t(blocked ? "contact.unblock" : "contact.block")}
      isPending={block.isPending}
      error={block.error}
      onSubmit={() => block.mutate(!blocked, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}

function useSetBlocked(id: string, name: string) {
  const { t } = useTexts()
  return useAct({
    run: (blocked: boolean) => patch(`/contacts/${id}`, { blocked }),
    done: (_answer, blocked) => t(blocked ? "contact.blocked" : "contact.unblocked", { name }),
    // Whether the composer takes a reply depends on it.
    stale: [["contacts"], ["ticket"]],
    refused: "in the form",
  })
}
