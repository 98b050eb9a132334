import type { EntryPoints } from "#channels/index.ts"
import { messageRoutes } from "./message-routes.ts"

export const apiEntryPoints: EntryPoints = { routes: messageRoutes }
