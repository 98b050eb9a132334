// What the tabs of one browser have on the screen, as locks that they hold while they can be seen: a tab that is closed or that
// dies gives its lock back. Without locks (a page that came over plain HTTP) each tab knows of itself alone.
import { useEffect } from "react"

const prefix = "hilo.on-screen "

/** Tells the other tabs that this ticket is on the screen here, or that none is. */
export function useOnScreenLock(ref = "") {
  useEffect(() => {
    let release: (() => void) | undefined
    const follow = () => {
      if (document.visibilityState === "hidden") {
        release?.()
        release = undefined
        return
      }
      if (release) return
      const seen = new Promise<void>((resolve) => (release = resolve))
      void navigator.locks?.request(prefix + ref, { mode: "shared" }, () => seen).catch(() => undefined)
    }
    follow()
    document.addEventListener("visibilitychange", follow)
    return () => {
      document.removeEventListener("visibilitychange", follow)
      release?.()
    }
  }, [ref])
}

/** Of each tab of this browser that can be seen its ticket, "" where it shows none; `ref`: the one that is open in this tab. */
export async function ticketsOnScreen(ref = ""): Promise<string[]> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  const others = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []))
  return document.visibilityState === "visible" ? [ref, ...others] : others
}
