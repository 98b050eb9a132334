export { macroRoutes } from "./macro-routes.ts"
