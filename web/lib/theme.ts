import { useSyncExternalStore } from "react"
import { remember, remembered } from "./storage.ts"

export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const listeners = new Set<() => void>()

export function chosenTheme(): Theme {
  const theme = remembered("theme")
  return theme === "light" || theme === "dark" ? theme : "system"
}

export function chooseTheme(theme: Theme) {
  remember("theme", theme === "system" ? null : theme)
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
  for (const listener of listeners) listener()
}

export const useTheme = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, chosenTheme)
