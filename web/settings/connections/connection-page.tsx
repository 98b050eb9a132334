import { useQuery } from "@tanstack/react-query"
import { Link, useParams } from "@tanstack/react-router"
import { ArrowLeft } from "lucide-react"
import { setupKinds, setupOf } from "../../channels/setup-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { EmptyState, Skeleton, LoadingState } from "../../ui/loading-empty-and-error.tsx"
import { connectionsQuery } from "./connection-queries.ts"

// Of the first kind that has such a page.
const ofNew = setupKinds.find((kind) => setupOf(kind).Page)

/** A connection whose kind needs more than a dialog; `new` is one that is still to be made. */
export function ConnectionPage() {
  const { t } = useTexts()
  const { id = "new" } = useParams({ strict: false })
  const { data } = useQuery(connectionsQuery)
  const connection = data?.items.find((one) => one.id === id)
  const { Page } = setupOf((id === "new" ? ofNew : connection?.kind) ?? "")
  return (
    <>
      <Link
        to="/settings/connections"
        className="mb-2 inline-flex min-h-8 items-center gap-1.5 text-muted hover:text-ink max-md:hidden"
      >
        <ArrowLeft className="size-4" aria-hidden />
        {t("settings.connections")}
      </Link>
      {!data && (
        <LoadingState>
          <Skeleton className="h-64" />
        </LoadingState>
      )}
      {data && !Page && <EmptyState title={t("connections.empty")} text={t("refusal.not_found")} />}
      {data && Page && <Page connection={connection} />}
    </>
  )
}
