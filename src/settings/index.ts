export { readSetting } from "./read.ts"
export { changeSetting } from "./change-setting.ts"
export { settingsRoutes } from "./routes.ts"
export { checkCanary } from "./canary.ts"
