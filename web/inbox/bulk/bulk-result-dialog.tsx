import { Check, CircleAlert } from "lucide-react"
import { Problem } from "../../lib/api-client.ts"
import { useTexts } from "../../lib/language.tsx"
import { useProblemText } from "../../lib/problem-text.ts"
import { Button } from "../../ui/button.tsx"
import { Dialog } from "../../ui/dialog.tsx"
import type { BulkResultRow } from "./bulk-change.ts"

/** What came of each ticket, the refused ones first and with their reason. */
export function BulkResultDialog({ rows, onClose }: { rows: BulkResultRow[]; onClose: () => void }) {
  const { t } = useTexts()
  const say = useProblemText()
  const changed = rows.filter((row) => row.ok).length
  const sorted = rows.toSorted((a, b) => Number(a.ok) - Number(b.ok))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("bulk.result")}
      text={t("bulk.resultText", { changed, refused: rows.length - changed })}
      footer={
        <Button look="primary" autoFocus onClick={onClose}>
          {t("action.close")}
        </Button>
      }
    >
      <ul className="grid gap-1">
        {sorted.map(({ ref, ok, problem }) => (
          <li key={ref} className="flex items-start gap-2">
            {ok ? (
              <Check className="mt-0.5 size-4 shrink-0 text-green" role="img" aria-label={t("bulk.rowDone")} />
            ) : (
              <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" role="img" aria-label={t("bulk.rowRefused")} />
            )}
            <span className="shrink-0 tabular-nums">{ref}</span>
            {problem && (
              <span className="min-w-0 break-words text-muted">{say(new Problem(problem.status, problem))}</span>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
