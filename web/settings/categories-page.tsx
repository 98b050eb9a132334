import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { useFieldError } from "../lib/problem.ts"
import { Field } from "../ui/field.tsx"
import { toast } from "../ui/toast.tsx"
import { FormDialog } from "./form.tsx"
import { Told } from "./page.tsx"
import { ShelfPage, useShelfActs } from "./shelf.tsx"

interface Category {
  id: string
  name: string
  reopenWindowMinutes: number | null
}

export function CategoriesPage() {
  const { t } = useTexts()
  return (
    <ShelfPage<Category>
      path="categories"
      title={t("settings.categories")}
      intro={t("categories.intro")}
      newText={t("categories.new")}
      nameOf={({ name }) => name}
      Row={Row}
      Form={CategoryForm}
    />
  )
}

const Row = ({ item }: { item: Category }) => <Told title={item.name} />

function CategoryForm({ item: category, onClose }: { item: Category | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { save } = useShelfActs("categories")
  const fieldError = useFieldError(save.error)
  const [name, setName] = useState(category?.name ?? "")
  const [minutes, setMinutes] = useState(category?.reopenWindowMinutes?.toString() ?? "")
  const submit = () => {
    const body = { name, reopenWindowMinutes: minutes === "" ? null : Number(minutes) }
    const onSuccess = () => {
      toast(t("action.saved"))
      onClose()
    }
    save.mutate({ id: category?.id, body }, { onSuccess })
  }
  return (
    <FormDialog
      title={category ? t("categories.edit", { name: category.name }) : t("categories.new")}
      go={category ? t("action.save") : t("action.create")}
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
      <Field
        label={t("categories.window")}
        hint={t("categories.windowHint")}
        type="number"
        min={0}
        value={minutes}
        error={fieldError("reopenWindowMinutes")}
        onChange={(event) => setMinutes(event.target.value)}
      />
    </FormDialog>
  )
}
