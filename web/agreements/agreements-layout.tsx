import { Outlet } from "@tanstack/react-router"
import { useTexts } from "../lib/language.tsx"
import { useDocumentTitle } from "../lib/document-title.ts"
import { useMe } from "../session/session-queries.ts"
import { SectionTabs } from "../ui/section-tabs.tsx"

/** Agents see the board alone: the rest is for those who decide. */
export function AgreementsLayout() {
  const { t } = useTexts()
  const { can } = useMe()
  useDocumentTitle(t("nav.agreements"))
  return (
    <main id="content" className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto max-w-[1180px] p-6 max-md:p-4">
        {can.settleAgreements ? (
          <SectionTabs
            title={t("nav.agreements")}
            label={t("agreementReport.sections")}
            sections={[
              { to: "/agreements", name: t("agreementReport.board") },
              { to: "/agreements/report", name: t("agreementReport.title") },
              { to: "/agreements/unmatched-closures", name: t("unmatchedClosures.title") },
            ]}
          />
        ) : (
          <h1 className="mb-3 text-xl font-strong">{t("nav.agreements")}</h1>
        )}
        <Outlet />
      </div>
    </main>
  )
}
