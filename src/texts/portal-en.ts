// What customers read on their own side, and nothing of what staff read.
import { customerPortal } from "./en/customer-portal.ts"
import { deadlineChips } from "./en/ticket/deadline-chips.ts"
import { everyApp } from "./en/every-app.ts"
import { filesAndTimes } from "./en/files-and-times.ts"
import { refusals } from "./en/refusals.ts"

export const portalEn = { ...everyApp, ...customerPortal, ...deadlineChips, ...filesAndTimes, ...refusals }
