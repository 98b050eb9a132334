import { createShared } from "./shared.ts"
import { remember, remembered } from "./storage.ts"

export const themes = ["system", "light", "dark"] as const
export type Theme = (typeof themes)[number]

const chosen = createShared(kept())
export const useTheme = chosen.use

function kept(): Theme {
  const theme = remembered("theme")
  return theme === "light" || theme === "dark" ? theme : "system"
}

export function chooseTheme(theme: Theme) {
  remember("theme", theme === "system" ? null : theme)
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
  chosen.set(theme)
}
