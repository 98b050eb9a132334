import { useSyncExternalStore } from "react"

/** Whether a media query holds now. Widths repeat the breakpoints of tokens.css. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener("change", listener)
      return () => list.removeEventListener("change", listener)
    },
    () => matchMedia(query).matches,
  )
}

export const wideScreen = "(min-width: 1180px)"
export const mediumScreen = "(min-width: 768px)"
