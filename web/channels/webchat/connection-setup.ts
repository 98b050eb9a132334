import "./settings/load-chat-settings-texts.ts"
import type { ConnectionSetup } from "../connection-setup-type.ts"
import { ChatSettingsPage } from "./settings/chat-settings-page.tsx"

export const webchatSetup: ConnectionSetup = { hasGreeting: true, Page: ChatSettingsPage, pageName: "webChat.open" }
