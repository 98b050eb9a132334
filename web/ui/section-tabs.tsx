import { Link } from "@tanstack/react-router"

export interface Section {
  to:
    | "/agreements"
    | "/agreements/report"
    | "/agreements/unmatched-closures"
    | "/incidents"
    | "/incidents/import"
    | "/incidents/status-mapping"
  name: string
}

/** What an area is called, and its pages. */
export function SectionTabs({ title, label, sections }: { title: string; label: string; sections: Section[] }) {
  return (
    <header className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-line">
      <h1 className="text-xl font-strong">{title}</h1>
      <nav aria-label={label} className="-mb-px flex max-w-full gap-4 overflow-x-auto">
        {sections.map(({ to, name }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className="inline-flex h-10 items-center border-b-2 whitespace-nowrap"
            activeProps={{ className: "border-accent font-strong", "aria-current": "page" }}
            inactiveProps={{ className: "border-transparent text-muted hover:text-ink" }}
          >
            {name}
          </Link>
        ))}
      </nav>
    </header>
  )
}
