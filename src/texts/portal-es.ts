import type { portalEn } from "./portal-en.ts"
import { appShell } from "./es/app-shell.ts"
import { customerPortal } from "./es/customer-portal.ts"
import { filesAndTimes } from "./es/files-and-times.ts"
import { refusals } from "./es/refusals.ts"

export const portalEs: Record<keyof typeof portalEn, string> = {
  ...appShell,
  ...customerPortal,
  ...filesAndTimes,
  ...refusals,
}
