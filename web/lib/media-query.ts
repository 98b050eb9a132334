import { useSyncExternalStore } from "react"
import { memoizeByArguments } from "./memoize-by-arguments.ts"

const watch = memoizeByArguments((query: string) => {
  const list = matchMedia(query)
  const subscribe = (listener: () => void) => {
    list.addEventListener("change", listener)
    return () => list.removeEventListener("change", listener)
  }
  return { subscribe, holds: () => list.matches }
})

/** Whether a media query holds now. Widths repeat the breakpoints of tokens.css. */
export function useMediaQuery(query: string): boolean {
  const { subscribe, holds } = watch(query)
  return useSyncExternalStore(subscribe, holds)
}

export const wideScreen = "(min-width: 1180px)"
export const mediumScreen = "(min-width: 768px)"
