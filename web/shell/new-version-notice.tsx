import { RefreshCw } from "lucide-react"
import { useTexts } from "../lib/language.tsx"
import { useNewVersion } from "./detect-new-version.ts"
import { Button } from "../ui/button.tsx"

/** Stands above the screen until the new version is loaded: when, is for the person to say. What is unsent is in the browser. */
export function NewVersionNotice() {
  const { t } = useTexts()
  const isThere = useNewVersion()
  return (
    <div role="status">
      {isThere && (
        <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 border-b border-line bg-accent-soft px-3 py-1 text-sm">
          <span>{t("newVersion.text")}</span>
          <Button size="sm" onClick={() => location.reload()}>
            <RefreshCw aria-hidden />
            {t("newVersion.load")}
          </Button>
        </div>
      )}
    </div>
  )
}
