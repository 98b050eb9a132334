import type { Catalogue } from "./contract.ts"
import { aside } from "./es/aside.ts"
import { board } from "./es/board.ts"
import { campaigns } from "./es/campaigns.ts"
import { company } from "./es/company.ts"
import { desk } from "./es/desk.ts"
import { failure } from "./es/failure.ts"
import { inbox } from "./es/inbox.ts"
import { incidents } from "./es/incidents.ts"
import { mail } from "./es/mail.ts"
import { my } from "./es/my.ts"
import { macros } from "./es/macros.ts"
import { received } from "./es/received.ts"
import { refusal } from "./es/refusal.ts"
import { routing } from "./es/routing.ts"
import { settings } from "./es/settings.ts"
import { shell } from "./es/shell.ts"
import { thread } from "./es/thread.ts"
import { whatsapp } from "./es/whatsapp.ts"
import { why } from "./es/why.ts"

export const es: Catalogue = {
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
