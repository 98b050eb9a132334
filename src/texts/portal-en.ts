// What customers read on their own side, and nothing of what staff read.
import { appShell } from "./en/app-shell.ts"
import { customerPortal } from "./en/customer-portal.ts"
import { filesAndTimes } from "./en/files-and-times.ts"
import { refusals } from "./en/refusals.ts"

export const portalEn = { ...appShell, ...customerPortal, ...filesAndTimes, ...refusals }
