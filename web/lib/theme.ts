import { createSharedState } from "./shared-state.ts"
import { writeLocalStorage, readLocalStorage } from "./local-storage.ts"

export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const chosen = createSharedState(kept())
export const useTheme = chosen.use

function kept(): Theme {
  const theme = readLocalStorage("theme")
  return theme === "light" || theme === "dark" ? theme : "system"
}

export function setTheme(theme: Theme) {
  writeLocalStorage("theme", theme === "system" ? null : theme)
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
  chosen.set(theme)
}
