import type { Kit } from "#kernel/kit.ts"
import type { Job } from "#kernel/jobs/job-queue.ts"
import { fixedTextJobs } from "./send-greeting-and-farewell.ts"
import { newAddressTextJob } from "./notify-of-new-address-by-text.ts"
import { closingNoticeJob } from "./notice-before-auto-close.ts"
import { outOfHoursTextJob } from "./out-of-hours-text.ts"
import { markReadJob } from "./send-read-receipts.ts"

export const replyJobs = (kit: Kit, publicUrl: string): Job[] => [
  ...fixedTextJobs(kit),
  outOfHoursTextJob(kit),
  newAddressTextJob(kit),
  closingNoticeJob(kit, publicUrl),
  markReadJob(kit),
]
