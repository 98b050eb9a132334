import type { Server } from "#kernel/http/server.ts"
import { keyRoutes } from "./api-keys/key-routes.ts"
import { linkRoutes, passwordLinkRoute } from "./sign-in/mailed-link-routes.ts"
import { meRoutes } from "./accounts/own-account-routes.ts"
import { sessionRoutes } from "./sessions/session-and-setup-routes.ts"
import { teamRoutes } from "./teams/team-routes.ts"
import { userRoutes } from "./accounts/user-routes.ts"
import { customerPages } from "./sign-in/portal-sign-in-pages.ts"
import type { PeopleKit } from "./transact-and-drop-principal-cache.ts"
import { createAttemptLimits } from "./sign-in/attempt-limits.ts"

export function peopleRoutes(app: Server, kit: PeopleKit) {
  const tries = createAttemptLimits(kit)
  sessionRoutes(app, kit, tries)
  linkRoutes(app, kit, tries)
  customerPages(app, kit, tries)
  passwordLinkRoute(app, kit, tries)
  meRoutes(app, kit, tries)
  userRoutes(app, kit)
  teamRoutes(app, kit)
  keyRoutes(app, kit)
}
