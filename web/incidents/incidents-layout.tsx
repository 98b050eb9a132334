import { Outlet } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { SectionTabs } from "../ui/section-tabs.tsx"

export function IncidentsLayout() {
  const { t } = useTexts()
  useDocumentTitle(t("nav.incidents"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto max-w-[1180px] p-6 max-md:p-4">
        <SectionTabs
          title={t("nav.incidents")}
          label={t("incident.sections")}
          sections={[
            { to: "/incidents", name: t("incident.board") },
            { to: "/incidents/import", name: t("incident.movements") },
            { to: "/incidents/status-mapping", name: t("incident.statuses") },
          ]}
        />
        <Outlet />
      </div>
    </main>
  )
}
