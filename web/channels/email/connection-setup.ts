import "./setup/load-mailbox-texts.ts"
import type { ConnectionSetup } from "../connection-setup-type.ts"
import { MailboxPage } from "./setup/mailbox-page.tsx"

export const emailSetup: ConnectionSetup = { Page: MailboxPage, isMadeOnPage: true }
