import type { portalEn } from "./portal-en.ts"
import { customerPortal } from "./es/customer-portal.ts"
import { deadlineChips } from "./es/ticket/deadline-chips.ts"
import { everyApp } from "./es/every-app.ts"
import { filesAndTimes } from "./es/files-and-times.ts"
import { refusals } from "./es/refusals.ts"

export const portalEs: Record<keyof typeof portalEn, string> = {
  ...everyApp,
  ...customerPortal,
  ...deadlineChips,
  ...filesAndTimes,
  ...refusals,
}
