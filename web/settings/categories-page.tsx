import { useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Field } from "../ui/field.tsx"
import { NamedForm, useShelfForm } from "./named-form.tsx"
import { Told } from "./page.tsx"
import { ShelfPage } from "./shelf.tsx"

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
  const { submit, fieldError, form } = useShelfForm("categories", category, onClose)
  const [name, setName] = useState(category?.name ?? "")
  const [minutes, setMinutes] = useState(category?.reopenWindowMinutes?.toString() ?? "")
  const body = { name, reopenWindowMinutes: minutes === "" ? null : Number(minutes) }
  return (
    <NamedForm of="categories" item={category} name={name} onName={setName} onSubmit={() => submit(body)} {...form}>
      <Field
        label={t("categories.window")}
        hint={t("categories.windowHint")}
        type="number"
        min={0}
        value={minutes}
        error={fieldError("reopenWindowMinutes")}
        onChange={(event) => setMinutes(event.target.value)}
      />
    </NamedForm>
  )
}
