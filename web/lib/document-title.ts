import { useEffect } from "react"

/** What the browser's tab says: what is open here, and how much waits. */
export function useDocumentTitle(text: string, waiting = 0) {
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting > 99 ? "99+" : waiting}) ` : ""}${text} – Hilo`
  }, [text, waiting])
}
