import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { useRevokeMyKeys } from "./session-queries.ts"

/** Asked after a new password: a person who knew the old one may hold a key as well. */
export function RevokeKeysPrompt({ count, onDone }: { count: number; onDone: () => void }) {
  const { t } = useTexts()
  const end = useRevokeMyKeys()
  return (
    <div role="group" aria-label={t("endKeys.title")} className="grid gap-4">
      <p role="status">{t("endKeys.text", { count })}</p>
      <ProblemLine error={end.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          look="danger"
          autoFocus
          disabled={end.isPending}
          onClick={() => end.mutate(undefined, { onSuccess: onDone })}
        >
          {t("endKeys.end")}
        </Button>
        <Button onClick={onDone}>{t("endKeys.keep")}</Button>
      </div>
    </div>
  )
}
