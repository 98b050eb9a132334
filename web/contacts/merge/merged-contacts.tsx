import { Undo2 } from "lucide-react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { Button } from "../../ui/button.tsx"
import type { Contact } from "../contact-query.ts"
import { useUnmergeContact } from "./merge-mutations.ts"

/** Who was merged into the contact, as long as that can be taken back. */
export function MergedContacts({ contact }: { contact: Contact }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  const unmerge = useUnmergeContact()
  const mayUndo = contact.can.includes("merge")
  if (contact.merged.length === 0) return null
  return (
    <ul className="mt-3 grid gap-1">
      {contact.merged.map(({ id, name, mergedAt }) => (
        <li key={id} className="flex items-center gap-2 text-sm text-muted">
          <span className="min-w-0 grow break-words">
            {t("contact.mergedOn", { name: name || t("list.unknownContact"), when: when.full(mergedAt) })}
          </span>
          {mayUndo && (
            <Button
              look="quiet"
              size="icon"
              aria-label={t("contact.undoMerge", { name })}
              title={t("contact.undoMerge", { name })}
              disabled={unmerge.isPending}
              onClick={() => unmerge.mutate(id)}
            >
              <Undo2 />
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
