export { agreementRoutes } from "./register-all-routes.ts"
