import "./setup/load-setup-texts.ts"
import type { ConnectionSetup } from "../connection-setup-type.ts"
import { NumberPage } from "./setup/number-page.tsx"

export const whatsappSetup: ConnectionSetup = { Page: NumberPage, isMadeOnPage: true }
