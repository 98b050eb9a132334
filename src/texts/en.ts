import { aside } from "./en/aside.ts"
import { board } from "./en/board.ts"
import { campaigns } from "./en/campaigns.ts"
import { company } from "./en/company.ts"
import { desk } from "./en/desk.ts"
import { failure } from "./en/failure.ts"
import { inbox } from "./en/inbox.ts"
import { incidents } from "./en/incidents.ts"
import { mail } from "./en/mail.ts"
import { my } from "./en/my.ts"
import { macros } from "./en/macros.ts"
import { received } from "./en/received.ts"
import { refusal } from "./en/refusal.ts"
import { routing } from "./en/routing.ts"
import { settings } from "./en/settings.ts"
import { shell } from "./en/shell.ts"
import { thread } from "./en/thread.ts"
import { whatsapp } from "./en/whatsapp.ts"
import { why } from "./en/why.ts"

export const en = {
  ...shell,
  ...inbox,
  ...thread,
  ...why,
  ...incidents,
  ...mail,
  ...my,
  ...received,
  ...refusal,
  ...routing,
  ...settings,
  ...macros,
  ...failure,
  ...whatsapp,
  ...aside,
  ...board,
  ...campaigns,
  ...desk,
  ...company,
}
