import { Outlet } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"

export function CampaignsLayout() {
  const { t } = useTexts()
  useDocumentTitle(t("nav.campaigns"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <h1 className="sr-only">{t("nav.campaigns")}</h1>
      <div className="mx-auto max-w-[860px] p-6 max-md:p-4">
        <Outlet />
      </div>
    </main>
  )
}
