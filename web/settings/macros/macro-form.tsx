import { Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { TextWithVariablesField } from "../../macros/text-with-variables-field.tsx"
import { usableWhenOptions, type Macro, type MacroAction } from "../../macros/macro-types-and-variables.ts"
import { Button } from "../../ui/button.tsx"
import { CheckboxField } from "../../ui/form-fields.tsx"
import { MacroActionRow, macroActionTypes, blankAction } from "./macro-action-row.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import { UsableWhenChoice } from "./usable-when-choice.tsx"
import { SharingChoice } from "./sharing-choice.tsx"

export function MacroForm({ item: macro, onClose }: { item: Macro | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, fieldError, form } = useEntityForm("macros", macro, onClose)
  const [name, setName] = useState(macro?.name ?? "")
  const [content, setContent] = useState(macro?.reply?.content ?? "")
  const [isInternal, setInternal] = useState(macro?.reply?.isInternal ?? false)
  const [actions, setActions] = useState<MacroAction[]>(macro?.actions ?? [])
  const [usableWhen, setUsableWhen] = useState(macro?.usableWhen ?? [...usableWhenOptions])
  const [sharing, setSharing] = useState({
    visibility: macro?.visibility ?? ("me" as const),
    teamId: macro?.teamId ?? null,
  })
  const reply = content.trim() ? { content, isInternal } : null
  const body = { name, reply, actions, usableWhen, ...sharing }
  return (
    <EntityFormDialog of="macros" item={macro} name={name} onName={setName} onSubmit={() => submit(body)} {...form}>
      <TextWithVariablesField
        label={t("macros.reply")}
        hint={t("macros.replyHint")}
        required={false}
        value={content}
        error={fieldError("reply.content")}
        onChange={setContent}
      />
      <CheckboxField
        label={t("macros.note")}
        checked={isInternal}
        onChange={(event) => setInternal(event.target.checked)}
      />
      <Actions actions={actions} onChange={setActions} />
      <UsableWhenChoice value={usableWhen} onChange={setUsableWhen} />
      <SharingChoice value={sharing} onChange={setSharing} />
    </EntityFormDialog>
  )
}

interface ActionsProps {
  actions: MacroAction[]
  onChange: (actions: MacroAction[]) => void
}

function Actions({ actions, onChange }: ActionsProps) {
  const { t } = useTexts()
  const free = macroActionTypes.filter((type) => !actions.some((action) => action.type === type))
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-strong">{t("macros.actions")}</legend>
      {actions.map((action, i) => (
        <MacroActionRow
          key={action.type}
          n={i + 1}
          action={action}
          free={free}
          onChange={(next) => onChange(actions.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onChange(actions.filter((_, at) => at !== i))}
        />
      ))}
      {free[0] && (
        <Button className="justify-self-start" onClick={() => onChange([...actions, blankAction(free[0]!)])}>
          <Plus aria-hidden />
          {t("entity.add")}
        </Button>
      )}
    </fieldset>
  )
}
