export { applyFieldAction, tryAction } from "./apply-action.ts"
export { fillForTicket, refuseUnknownVariables } from "./fill-placeholders-for-ticket.ts"
export { macroRoutes } from "./macro-routes.ts"
