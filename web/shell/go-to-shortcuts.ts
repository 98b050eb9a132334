import { useNavigate } from "@tanstack/react-router"
import { useEffect, useState } from "react"
import { useShortcuts } from "../lib/keyboard-shortcuts.ts"
import { setTheme } from "../lib/theme.ts"

const waitMs = 1_200

/** G and then where to; D for day and night. */
export function useGoToShortcuts() {
  const navigate = useNavigate()
  const [isGoing, setGoing] = useState(false)
  useEffect(() => {
    if (!isGoing) return
    const timer = setTimeout(() => setGoing(false), waitMs)
    return () => clearTimeout(timer)
  }, [isGoing])
  // Before everybody else: the second letter has a meaning of its own elsewhere.
  useEffect(() => {
    if (!isGoing) return
    const places: Record<string, () => void> = {
      KeyI: () => void navigate({ to: "/inbox", search: { view: "open" } }),
      KeyM: () => void navigate({ to: "/inbox", search: { view: "mine" } }),
      KeyU: () => void navigate({ to: "/inbox", search: { view: "unassigned" } }),
      KeyC: () => void navigate({ to: "/contacts" }),
      KeyP: () => void navigate({ to: "/campaigns" }),
      KeyS: () => void navigate({ to: "/settings" }),
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.repeat) return
      setGoing(false)
      const go = places[event.code]
      if (!go || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      event.stopImmediatePropagation()
      go()
    }
    addEventListener("keydown", onKey, { capture: true })
    return () => removeEventListener("keydown", onKey, { capture: true })
  }, [isGoing, navigate])
  useShortcuts({
    KeyG: () => setGoing(true),
    KeyD: () => setTheme(isDark() ? "light" : "dark"),
  })
}

function isDark() {
  const chosen = document.documentElement.dataset["theme"]
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
}
