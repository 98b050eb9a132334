import { Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { ContentField } from "../macros/content-field.tsx"
import { occasions, type Macro, type MacroAction } from "../macros/macro.ts"
import { Button } from "../ui/button.tsx"
import { Check, Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { ActionRow, actionTypes, firstOf } from "./action-row.tsx"
import { FormDialog } from "./form.tsx"
import { Occasions } from "./occasions.tsx"
import { SharingChoice } from "./sharing.tsx"
import { useShelfActs } from "./shelf.tsx"

export function MacroForm({ item: macro, onClose }: { item: Macro | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { save } = useShelfActs("macros")
  const fieldError = useFieldError(save.error)
  const [name, setName] = useState(macro?.name ?? "")
  const [content, setContent] = useState(macro?.reply?.content ?? "")
  const [isInternal, setInternal] = useState(macro?.reply?.isInternal ?? false)
  const [actions, setActions] = useState<MacroAction[]>(macro?.actions ?? [])
  const [usableWhen, setUsableWhen] = useState(macro?.usableWhen ?? [...occasions])
  const [sharing, setSharing] = useState({
    visibility: macro?.visibility ?? ("me" as const),
    teamId: macro?.teamId ?? null,
  })
  const submit = () => {
    const reply = content.trim() ? { content, isInternal } : null
    const onSuccess = () => {
      toast(t("action.saved"))
      onClose()
    }
    save.mutate({ id: macro?.id, body: { name, reply, actions, usableWhen, ...sharing } }, { onSuccess })
  }
  return (
    <FormDialog
      title={macro ? t("macros.edit", { name: macro.name }) : t("macros.new")}
      go={macro ? t("action.save") : t("action.create")}
      isPending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t("field.name")}
        required
        maxLength={100}
        value={name}
        error={fieldError("name")}
        onChange={(event) => setName(event.target.value)}
      />
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
    </FormDialog>
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
