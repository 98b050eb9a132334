import { createContext, type ReactNode, use } from "react"

/** Names and values, two columns, empty values left out by the caller. */
export function DefinitionList({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-2">{children}</dl>
}

export function Definition({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-sm text-faint">{name}</dt>
      <dd dir="auto" className="min-w-0 text-sm break-words">
        {children}
      </dd>
    </>
  )
}

/** Of the headings of sections: below the ticket's subject, or right below what the page is called. */
export const SectionLevel = createContext<"h2" | "h3">("h3")

export function SectionHeading({ children }: { children: ReactNode }) {
  const className = "mt-5 mb-2 text-sm font-strong"
  const isBelowTitle = use(SectionLevel) === "h2"
  return isBelowTitle ? <h2 className={className}>{children}</h2> : <h3 className={className}>{children}</h3>
}
