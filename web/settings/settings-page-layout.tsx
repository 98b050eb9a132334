import type { ReactNode } from "react"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"

interface Props {
  title: string
  intro: string
  action?: ReactNode
  children: ReactNode
}

export function SettingsPageLayout({ title, intro, action, children }: Props) {
  return (
    <>
      <header className="mb-5 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 grow basis-64">
          <h2 className="text-xl font-strong">{title}</h2>
          <p className="text-muted">{intro}</p>
        </div>
        {action}
      </header>
      {children}
    </>
  )
}

interface RowsProps<T> {
  query: { data: { items: T[] } | undefined; isError: boolean; error: unknown; refetch: () => unknown }
  /** The page above has the title, and the button. */
  empty: string
  children: (item: T) => ReactNode
}

/** A list of things with its waiting, broken and empty states. */
export function EntityRows<T extends { id: string }>({ query, empty, children }: RowsProps<T>) {
  if (!query.data)
    return (
      <NotLoaded query={query}>
        <div className="grid gap-px">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
        </div>
      </NotLoaded>
    )
  if (query.data.items.length === 0)
    return <p className="rounded border border-dashed border-line px-3 py-8 text-center text-muted">{empty}</p>
  return (
    <ul className="rounded border border-line">
      {query.data.items.map((item) => (
        <li
          key={item.id}
          className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 border-line px-3 py-2 not-last:border-b"
        >
          {children(item)}
        </li>
      ))}
    </ul>
  )
}

export function RowText({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="min-w-0 grow basis-44">
      <p dir="auto" className="flex flex-wrap items-center gap-2 font-strong break-words">
        {title}
      </p>
      {children && <p className="text-sm break-words text-muted">{children}</p>}
    </div>
  )
}
