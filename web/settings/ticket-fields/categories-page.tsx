import { useState } from "react"
import type { Category as OnServer } from "#tickets/api-contract.ts"
import type { Json } from "../../lib/json-type.ts"
import { useTexts } from "../../lib/language.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { EntityFormDialog, useEntityForm } from "../entity-form-dialog.tsx"
import { RowText } from "../settings-page-layout.tsx"
import { EntityListPage } from "../entity-list-page.tsx"

type Category = Json<OnServer>

export function CategoriesPage() {
  const { t } = useTexts()
  return (
    <EntityListPage<Category>
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

const Row = ({ item }: { item: Category }) => <RowText title={item.name} />

function CategoryForm({ item: category, onClose }: { item: Category | undefined; onClose: () => void }) {
  const { t } = useTexts()
  const { submit, fieldError, form } = useEntityForm("categories", category, onClose)
  const [name, setName] = useState(category?.name ?? "")
  const [minutes, setMinutes] = useState(category?.reopenWindowMinutes?.toString() ?? "")
  const body = { name, reopenWindowMinutes: minutes === "" ? null : Number(minutes) }
  return (
    <EntityFormDialog
      of="categories"
      item={category}
      name={name}
      onName={setName}
      onSubmit={() => submit(body)}
      {...form}
    >
      <InputField
        label={t("categories.window")}
        hint={t("categories.windowHint")}
        type="number"
        min={0}
        value={minutes}
        error={fieldError("reopenWindowMinutes")}
        onChange={(event) => setMinutes(event.target.value)}
      />
    </EntityFormDialog>
  )
}
