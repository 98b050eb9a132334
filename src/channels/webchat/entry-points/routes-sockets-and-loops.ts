import type { EntryPoints } from "#channels/index.ts"
import { chatPages } from "./chat-page-routes.ts"
import { chatRoutes } from "./chat-routes.ts"
import { purgeVisitors } from "./visitor-token-store.ts"
import { chatFileRoutes } from "./file-routes.ts"
import { chatNamespace } from "./socket-namespace.ts"
import { startChatSignals } from "./typing-and-seen.ts"

export const webchatEntryPoints: EntryPoints = {
  routes: (app, kit) => {
    chatRoutes(app, kit)
    chatFileRoutes(app, kit)
    chatPages(app, kit)
  },
  namespace: chatNamespace,
  signals: startChatSignals,
  purges: [purgeVisitors],
}
