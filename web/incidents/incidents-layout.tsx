import { Link, Outlet } from "@tanstack/react-router"
import type { TextId } from "#texts/languages-and-text-ids.ts"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"

const sections: { to: "/incidents" | "/incidents/import" | "/incidents/status-mapping"; name: TextId }[] = [
  { to: "/incidents", name: "incident.board" },
  { to: "/incidents/import", name: "incident.movements" },
  { to: "/incidents/status-mapping", name: "incident.statuses" },
]

export function IncidentsLayout() {
  const { t } = useTexts()
  useDocumentTitle(t("nav.incidents"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto max-w-[1180px] p-6 max-md:p-4">
        <header className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line">
          <h1 className="text-xl font-strong">{t("nav.incidents")}</h1>
          <nav aria-label={t("incident.sections")} className="-mb-px flex max-w-full gap-4 overflow-x-auto">
            {sections.map(({ to, name }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: true, includeSearch: false }}
                className="inline-flex h-10 items-center border-b-2 whitespace-nowrap"
                activeProps={{ className: "border-accent font-strong", "aria-current": "page" }}
                inactiveProps={{ className: "border-transparent text-muted hover:text-ink" }}
              >
                {t(name)}
              </Link>
            ))}
          </nav>
        </header>
        <Outlet />
      </div>
    </main>
  )
}
