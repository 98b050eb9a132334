import { Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { ContentField } from "../macros/content-field.tsx"
import { occasions, type Macro, type MacroAction } from "../macros/macro.ts"
import { Button } from "../ui/button.tsx"
import { Check } from "../ui/field.tsx"
import { ActionRow, actionTypes, firstOf } from "./action-row.tsx"
import { NamedForm, useShelfForm } from "./named-form.tsx"
import { Occasions } from "./occasions.tsx"
import { SharingChoice } from "./sharing.tsx"

export function MacroForm({ item: macro, onClose }: { item: Macro | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, fieldError, form } = useShelfForm("macros", macro, onClose)
  const [name, setName] = useState(macro?.name ?? "")
  const [content, setContent] = useState(macro?.reply?.content ?? "")
  const [isInternal, setInternal] = useState(macro?.reply?.isInternal ?? false)
  const [actions, setActions] = useState<MacroAction[]>(macro?.actions ?? [])
  const [usableWhen, setUsableWhen] = useState(macro?.usableWhen ?? [...occasions])
  const [sharing, setSharing] = useState({
    visibility: macro?.visibility ?? ("me" as const),
    teamId: macro?.teamId ?? null,
  })
  const reply = content.trim() ? { content, isInternal } : null
  const body = { name, reply, actions, usableWhen, ...sharing }
  return (
    <NamedForm of="macros" item={macro} name={name} onName={setName} onSubmit={() => submit(body)} {...form}>
      <ContentField
        label={t("macros.reply")}
        hint={t("macros.replyHint")}
        required={false}
        value={content}
        error={fieldError("reply.content")}
        onChange={setContent}
      />
      <Check label={t("macros.note")} checked={isInternal} onChange={(event) => setInternal(event.target.checked)} />
      <Actions actions={actions} onChange={setActions} />
      <Occasions value={usableWhen} onChange={setUsableWhen} />
      <SharingChoice value={sharing} onChange={setSharing} />
    </NamedForm>
  )
}

interface ActionsProps {
  actions: MacroAction[]
  onChange: (actions: MacroAction[]) => void
}

function Actions({ actions, onChange }: ActionsProps) {
  const { t } = useTexts()
  const free = actionTypes.filter((type) => !actions.some((action) => action.type === type))
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-strong">{t("macros.actions")}</legend>
      {actions.map((action, i) => (
        <ActionRow
          key={action.type}
          n={i + 1}
          action={action}
          free={free}
          onChange={(next) => onChange(actions.map((one, at) => (at === i ? next : one)))}
          onRemove={() => onChange(actions.filter((_, at) => at !== i))}
        />
      ))}
      {free[0] && (
        <Button className="justify-self-start" onClick={() => onChange([...actions, firstOf(free[0]!)])}>
          <Plus aria-hidden />
          {t("shelf.add")}
        </Button>
      )}
    </fieldset>
  )
}
