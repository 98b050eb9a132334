export { readSetting } from "./read.ts"
export { type SettingName, type SettingValue } from "./settings.ts"
export { changeSetting } from "./change-setting.ts"
export { settingsRoutes } from "./routes.ts"
