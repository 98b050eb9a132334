import { useTexts } from "../../lib/language.tsx"
import { InputField, SelectField } from "../../ui/form-fields.tsx"
import { SecretField } from "../../ui/secret-field.tsx"
import { numberSetting, textSetting } from "./linked-system-form-values.ts"
import type { KindFieldsProps, LinkedSystemKindSetup } from "./linked-system-kind-type.ts"
import type { LinkedSystem } from "./linked-system-queries.ts"
import { noticeSettings, OperatorNoticeFields } from "./operator-notice-fields.tsx"

const ways = ["api_key", "basic", "admin"] as const
type Way = (typeof ways)[number]
const wayOf = (auth: string | undefined): Way => ways.find((way) => way === auth) ?? "api_key"

export const splynxSetup: LinkedSystemKindSetup = {
  name: "Splynx",
  settings: {
    baseUrl: textSetting(),
    auth: textSetting("api_key"),
    login: textSetting(),
    timezone: textSetting("America/Argentina/Buenos_Aires"),
    requestsPerSecond: numberSetting(5),
    ...noticeSettings,
  },
  secrets: ["key", "secret", "password", "hookSecret"],
  unused: ({ auth, noticeConnectionId }) => [
    ...(auth === "admin" ? ["key", "secret"] : ["login", "password"]),
    ...(noticeConnectionId ? [] : ["noticeTemplate"]),
  ],
  Fields,
  Summary,
  hooks: [{ path: "splynx", text: "linkedSystems.hook.splynx" }],
  hooksText: "linkedSystems.hooksText.splynx",
  hasOperators: true,
}

function Summary({ system }: { system: LinkedSystem }) {
  const { t } = useTexts()
  const { baseUrl, auth } = system.settings
  return `${String(baseUrl)} · ${t(`linkedSystems.auth.${wayOf(String(auth))}`)}`
}

function Fields({ settings, bind, bindSecret }: KindFieldsProps) {
  const { t } = useTexts()
  return (
    <>
      <InputField
        label={t("linkedSystems.baseUrl")}
        hint={t("linkedSystems.baseUrlHint")}
        type="url"
        required
        maxLength={500}
        placeholder="https://splynx.example.com"
        {...bind("baseUrl")}
      />
      <Credentials {...{ settings, bind, bindSecret }} />
      <Pace {...{ settings, bind }} />
      <SecretField
        label={t("linkedSystems.hookSecret")}
        aside={t("field.optional")}
        hint={t("linkedSystems.hookSecretHint")}
        isRemovable
        {...bindSecret("hookSecret")}
      />
      <OperatorNoticeFields settings={settings} bind={bind} />
    </>
  )
}

function Credentials({ settings, bind, bindSecret }: Omit<KindFieldsProps, "system">) {
  const { t } = useTexts()
  const way = wayOf(settings["auth"])
  const secretField = (name: "key" | "secret" | "password") => (
    <SecretField label={t(`linkedSystems.${name}`)} required maxLength={500} {...bindSecret(name)} />
  )
  return (
    <>
      <SelectField label={t("linkedSystems.auth")} hint={t(`linkedSystems.authHint.${way}`)} {...bind("auth")}>
        {ways.map((one) => (
          <option key={one} value={one}>
            {t(`linkedSystems.auth.${one}`)}
          </option>
        ))}
      </SelectField>
      {way === "admin" ? (
        <>
          <InputField
            label={t("linkedSystems.login")}
            required
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            {...bind("login")}
          />
          {secretField("password")}
        </>
      ) : (
        <>
          {secretField("key")}
          {secretField("secret")}
        </>
      )}
    </>
  )
}

function Pace({ settings, bind }: Pick<KindFieldsProps, "settings" | "bind">) {
  const { t } = useTexts()
  const zones = [...new Set([settings["timezone"], ...Intl.supportedValuesOf("timeZone")])]
  return (
    <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
      <SelectField label={t("linkedSystems.timezone")} hint={t("linkedSystems.timezoneHint")} {...bind("timezone")}>
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <InputField
        label={t("linkedSystems.requestsPerSecond")}
        hint={t("linkedSystems.requestsPerSecondHint")}
        type="number"
        min={1}
        max={1000}
        required
        {...bind("requestsPerSecond")}
      />
    </div>
  )
}
