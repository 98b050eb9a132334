import { useRef, type ReactNode } from "react"
import { useShortcuts } from "../../lib/keyboard-shortcuts.ts"

/** Rows, each a link with `data-row`. J and K go from row to row, as in the inbox; Enter opens. */
export function LinkRows<Row extends { id: string }>({
  rows,
  children: show,
}: {
  rows: Row[]
  children: (row: Row) => ReactNode
}) {
  const list = useRef<HTMLUListElement>(null)
  const step = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>("a[data-row]") ?? [])]
    const at = links.indexOf(document.activeElement as HTMLAnchorElement)
    links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  }
  useShortcuts({ KeyJ: () => step(1), KeyK: () => step(-1) })
  if (rows.length === 0) return null
  return (
    <ul ref={list} className="rounded border border-line">
      {rows.map((row) => (
        <li key={row.id} className="border-line not-last:border-b">
          {show(row)}
        </li>
      ))}
    </ul>
  )
}
