import { useSyncExternalStore } from "react"

/** Whether a media query holds now. Widths repeat the breakpoints of tokens.css. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener("change", listener)
      return () => list.removeEventListener("change", listener)
    },
    () => matchMedia(query).matches,
  )
}

export const wide = "(min-width: 1180px)"
export const beside = "(min-width: 768px)"
