import { useQuery } from "@tanstack/react-query"
import { useTexts } from "../../lib/language.tsx"
import { TemplateChoice } from "../../templates/template-choice.tsx"
import { templateOf, templateValue } from "../../templates/template-field-value.ts"
import type { Template } from "../../templates/template-queries.ts"
import { SelectField } from "../../ui/form-fields.tsx"
import { connectionsQuery } from "../connections/connection-queries.ts"
import { type SettingFormat, textSetting } from "./linked-system-form-values.ts"
import type { KindFieldsProps } from "./linked-system-kind-type.ts"

/** A name alone means the template in the operator's own language. */
const templateSetting: SettingFormat = {
  toText: (value) =>
    typeof value === "object" && value !== null
      ? templateValue(value as { name: string; language: string })
      : textSetting().toText(value),
  toSetting: (text) => templateOf(text) ?? text,
}

export const noticeSettings = { noticeConnectionId: textSetting(), noticeTemplate: templateSetting }

/** By which connection an operator learns that a ticket of theirs was reopened, and by which template where free text no longer goes. */
export function OperatorNoticeFields({ settings, bind }: Pick<KindFieldsProps, "settings" | "bind">) {
  const { t } = useTexts()
  const connections = useQuery(connectionsQuery).data?.items ?? []
  const connectionId = settings["noticeConnectionId"] ?? ""
  return (
    <>
      <SelectField
        label={t("linkedSystems.noticeConnection")}
        hint={t("linkedSystems.noticeConnectionHint")}
        {...bind("noticeConnectionId")}
      >
        <option value="">{t("linkedSystems.noNotice")}</option>
        {connections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {connectionId !== "" && (
        <TemplateChoice
          connectionId={connectionId}
          label={t("linkedSystems.noticeTemplate")}
          hint={t("linkedSystems.noticeTemplateHint")}
          isFit={isFit}
          {...bind("noticeTemplate")}
        />
      )}
    </>
  )
}

/** What a notice says: operator, number, subject, customer. */
const isFit = ({ canSend, placeholders, headerMedia }: Template) =>
  canSend && placeholders.length <= 4 && headerMedia === null
