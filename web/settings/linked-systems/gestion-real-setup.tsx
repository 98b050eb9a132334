import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { SelectField, TextAreaField } from "../../ui/form-fields.tsx"
import { SecretField } from "../../ui/secret-field.tsx"
import { entitiesQuery } from "../entity-queries.ts"
import { linesSetting, textSetting } from "./linked-system-form-values.ts"
import type { KindFieldsProps, LinkedSystemKindSetup } from "./linked-system-kind-type.ts"
import { type LinkedSystem, linkedSystemsPath } from "./linked-system-queries.ts"

const secrets = ["hmacSecret", "bearer"] as const

export const gestionRealSetup: LinkedSystemKindSetup = {
  name: "Gestión Real",
  settings: { splynxSystemId: textSetting(), allowIps: linesSetting },
  secrets,
  Fields,
  Summary,
  hooks: [
    { path: "nuevo-ticket", text: "linkedSystems.hook.opening" },
    { path: "cierre-ticket", text: "linkedSystems.hook.closure" },
  ],
  hooksText: "linkedSystems.hooksText.gestionreal",
  hasOperators: false,
}

/** By what its hooks prove that they are its own. */
function Summary({ system }: { system: LinkedSystem }) {
  const { t } = useTexts()
  const proofs = [
    ...secrets.filter((name) => system.secretsSet.includes(name)),
    ...(Array.isArray(system.settings["allowIps"]) ? (["allowIps"] as const) : []),
  ].map((name) => t(`linkedSystems.${name}`))
  if (proofs.length > 0) return proofs.join(" · ")
  return <span className="text-amber">{t("linkedSystems.noProof")}</span>
}

function Fields({ settings, bind, bindSecret }: KindFieldsProps) {
  const { t } = useTexts()
  const isProven = secrets.some((name) => {
    const { value, isSet } = bindSecret(name)
    return value ? true : isSet && value !== null
  })
  return (
    <>
      <WorkSystem bind={bind} />
      <fieldset className="grid gap-4">
        <legend className="text-sm font-strong">{t("linkedSystems.proof")}</legend>
        <p className="text-xs text-faint">{t("linkedSystems.proofText")}</p>
        {secrets.map((name) => (
          <SecretField
            key={name}
            label={t(`linkedSystems.${name}`)}
            hint={t(`linkedSystems.${name}Hint`)}
            maxLength={500}
            isRemovable
            {...bindSecret(name)}
          />
        ))}
        <TextAreaField
          label={t("linkedSystems.allowIps")}
          hint={t("linkedSystems.allowIpsHint")}
          spellCheck={false}
          {...bind("allowIps")}
        />
        {!isProven && !settings["allowIps"]?.trim() && (
          <p role="status" className="text-sm text-amber">
            {t("linkedSystems.noProofText")}
          </p>
        )}
      </fieldset>
    </>
  )
}

function WorkSystem({ bind }: Pick<KindFieldsProps, "bind">) {
  const { t } = useTexts()
  const systems = useQuery(entitiesQuery<LinkedSystem>(linkedSystemsPath)).data?.items ?? []
  return (
    <SelectField
      label={t("linkedSystems.splynxSystemId")}
      hint={t("linkedSystems.splynxSystemIdHint")}
      {...bind("splynxSystemId")}
    >
      <option value="">{t("linkedSystems.theOnlyOne")}</option>
      {systems
        .filter(({ kind }) => kind === "splynx")
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </SelectField>
  )
}
