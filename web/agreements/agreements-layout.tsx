import { Outlet } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"

export function AgreementsLayout() {
  const { t } = useTexts()
  useDocumentTitle(t("nav.agreements"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto max-w-[1180px] p-6 max-md:p-4">
        <h1 className="mb-3 text-xl font-strong">{t("nav.agreements")}</h1>
        <Outlet />
      </div>
    </main>
  )
}
