import { useQuery } from "@tanstack/react-query"
import { useParams } from "@tanstack/react-router"
import { useState } from "react"
import { setupKinds, setupOf } from "../../channels/connection-setup-registry.ts"
import { useTexts } from "../../lib/language.tsx"
import { BackLink } from "../../ui/back-link.tsx"
import { EmptyState, Skeleton, LoadingState } from "../../ui/loading-empty-and-error.tsx"
import { connectionsQuery } from "./connection-queries.ts"

// Of the first kind that is made on its page.
const ofNew = setupKinds.find((kind) => setupOf(kind).isMadeOnPage)

/** The kind of one that is still to be made: `new`, or `new-email`. */
const newKindOf = (id: string) => (id === "new" ? ofNew : /^new-(\w+)$/.exec(id)?.[1])

/** A connection whose kind needs more than a dialog, also one that is still to be made. */
export function ConnectionPage() {
  const { t } = useTexts()
  const { id = "new" } = useParams({ strict: false })
  const { data } = useQuery(connectionsQuery)
  const connection = data?.items.find((one) => one.id === id)
  const newKind = newKindOf(id)
  const { Page } = setupOf(newKind ?? connection?.kind ?? "")
  // What is filled in is of one connection: another one's page begins anew, that of the one just made goes on.
  const [made, setMade] = useState<string>()
  const key = newKind !== undefined || id === made ? "new" : id
  return (
    <>
      <BackLink to="/settings/connections" className="max-md:hidden">
        {t("settings.connections")}
      </BackLink>
      {!data && (
        <LoadingState>
          <Skeleton className="h-64" />
        </LoadingState>
      )}
      {data && !Page && <EmptyState title={t("settings.connections")} text={t("refusal.not_found")} />}
      {data && Page && <Page key={key} connection={connection} onMade={setMade} />}
    </>
  )
}
