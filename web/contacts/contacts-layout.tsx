import { Outlet } from "@tanstack/react-router"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useTexts } from "../lib/language.tsx"

export function ContactsLayout() {
  const { t } = useTexts()
  useDocumentTitle(t("nav.contacts"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto max-w-[1020px] p-6 max-md:p-4">
        <Outlet />
      </div>
    </main>
  )
}
