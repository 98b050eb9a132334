import type { Kit } from "#kernel/answer.ts"
import type { Server } from "#kernel/http.ts"
import { keyRoutes } from "./key-routes.ts"
import { linkRoutes, passwordLinkRoute } from "./link-routes.ts"
import { meRoutes } from "./me-routes.ts"
import { sessionRoutes } from "./session-routes.ts"
import { teamRoutes } from "./team-routes.ts"
import { createThrottle } from "./throttle.ts"
import { userRoutes } from "./user-routes.ts"
import type { PeopleKit } from "./write.ts"

const minutes = (n: number) => n * 60

/** Tries at passwords and set-up tokens. A right one is taken back, so that only wrong ones add up. */
export function createTries({ db }: Kit) {
  return {
    address: createThrottle(db, "sign_in_address", { points: 30, seconds: minutes(10) }),
    account: createThrottle(db, "sign_in_account", { points: 10, seconds: minutes(15) }),
    person: createThrottle(db, "own_password", { points: 10, seconds: minutes(15) }),
    linkAddress: createThrottle(db, "link_address", { points: 10, seconds: minutes(10) }),
    linkEmail: createThrottle(db, "link_email", { points: 5, seconds: minutes(30) }),
  }
}
export type Tries = ReturnType<typeof createTries>

export function peopleRoutes(app: Server, kit: PeopleKit) {
  const tries = createTries(kit)
  sessionRoutes(app, kit, tries)
  linkRoutes(app, kit, tries)
  passwordLinkRoute(app, kit, tries)
  meRoutes(app, kit, tries)
  userRoutes(app, kit)
  teamRoutes(app, kit)
  keyRoutes(app, kit)
}
