import type { ReactNode } from "react"
import { NotLoaded, Skeleton } from "../loading-empty-and-error.tsx"
import { MoreButton } from "../more-button.tsx"
import { LinkRows } from "./link-rows.tsx"

interface Props<Row> {
  query: Parameters<typeof NotLoaded>[0]["query"] &
    Parameters<typeof MoreButton>[0]["query"] & { data: { pages: { items: Row[] }[] } | undefined }
  /** In place of rows where there are none. */
  empty: ReactNode
  children: (row: Row) => ReactNode
}

/** The rows of a board, page after page, each a link with `data-row`; what it shows while they come, and when they do not. */
export function PagedRows<Row extends { id: string }>({ query, empty, children }: Props<Row>) {
  if (!query.data) return <NotLoaded query={query}>{waitingRows}</NotLoaded>
  const rows = query.data.pages.flatMap(({ items }) => items)
  return (
    <>
      {rows.length === 0 && <div className="h-64">{empty}</div>}
      <LinkRows rows={rows}>{children}</LinkRows>
      <MoreButton query={query} />
    </>
  )
}

const waitingRows = (
  <div className="grid gap-px">
    {Array.from({ length: 6 }, (_, n) => (
      <Skeleton key={n} className="h-[76px]" />
    ))}
  </div>
)
