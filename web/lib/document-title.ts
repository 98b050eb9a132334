import { useEffect } from "react"

const shown = { text: "", count: 0 }

function write(more: Partial<typeof shown>) {
  const { text, count } = Object.assign(shown, more)
  document.title = `${count > 0 ? `(${count > 99 ? "99+" : count}) ` : ""}${text} – Hilo`
}

/** What the browser's tab says: what is open here. */
export function useDocumentTitle(text: string) {
  useEffect(() => write({ text }), [text])
}

/** Before it, on every page: how much there is that one should know of. */
export function useDocumentTitleCount(count: number) {
  useEffect(() => {
    write({ count })
    return () => write({ count: 0 })
  }, [count])
}
