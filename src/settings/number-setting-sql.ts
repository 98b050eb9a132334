import { type SettingName, settings } from "./setting-definitions.ts"

/** SQL of a setting that is a number: as it is stored, else what it is when nobody set it. */
export const numberSettingSql = (name: SettingName) => `coalesce((select (value #>> '{}')::numeric from settings
    where name = '${name}' and jsonb_typeof(value) = 'number'), ${Number(settings[name].fallback)})`
