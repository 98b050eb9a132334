import { useQuery } from "@tanstack/react-query"
import { Pencil, X } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { Button } from "../../ui/button.tsx"
import { CheckboxField } from "../../ui/form-fields.tsx"
import { Popover } from "../../ui/popover.tsx"
import { categoriesQuery } from "./category-queries.ts"
import { useChangeField } from "../ticket-mutations.ts"
import { customFieldsQuery, type CustomField } from "./custom-field-queries.ts"
import { openTicketDialog } from "../ticket-dialog-state.ts"
import { Definition, DefinitionList } from "../details/definition-list.tsx"
import { CustomFieldsDialog } from "./custom-fields-dialog.tsx"
import type { Ticket } from "../ticket.ts"

/** How the ticket is sorted: tags, categories, custom fields. */
export function TagsAndFields({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  return (
    <div className="mb-4 grid gap-4 border-b border-line pb-4">
      <Tags ticket={ticket} />
      <Categories ticket={ticket} />
      <CustomFields ticket={ticket} name={t("details.fields")} />
    </div>
  )
}

function Tags({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const change = useChangeField(ticket.number)
  const mayEdit = ticket.can.includes("edit")
  const set = (tags: string[]) => change.mutate({ field: "tags", seen: ticket, body: { tags }, shown: { tags } })
  return (
    <section aria-label={t("details.tags")}>
      <Head
        name={t("details.tags")}
        edit={mayEdit ? t("details.editTags") : undefined}
        onEdit={() => openTicketDialog(ticket.number, "tags")}
      />
      <ul className="flex flex-wrap gap-1">
        {ticket.tags.map((tag) => (
          <li key={tag} className="flex max-w-full items-center rounded border border-line bg-raised pl-2 text-sm">
            <span className="min-w-0 truncate">{tag}</span>
            {mayEdit ? (
              <button
                type="button"
                aria-label={t("filter.remove", { filter: tag })}
                className="flex size-6 items-center justify-center rounded text-muted hover:bg-hover max-md:size-10"
                onClick={() => set(ticket.tags.filter((one) => one !== tag))}
              >
                <X className="size-3.5" aria-hidden />
              </button>
            ) : (
              <span className="w-2" />
            )}
          </li>
        ))}
      </ul>
      {ticket.tags.length === 0 && <p className="text-sm text-muted">{t("details.none")}</p>}
    </section>
  )
}

function Categories({ ticket }: { ticket: Ticket }) {
  const { t } = useTexts()
  const change = useChangeField(ticket.number)
  const all = useQuery(categoriesQuery).data?.items ?? []
  const chosen = ticket.categories.map((one) => one.id)
  const set = (ids: string[]) =>
    change.mutate({
      field: "categories",
      seen: ticket,
      body: { categoryIds: ids },
      shown: { categories: all.filter((one) => ids.includes(one.id)).map(({ id, name }) => ({ id, name })) },
    })
  return (
    <section aria-label={t("details.categories")}>
      <div className="mb-1 flex min-h-6 items-center justify-between">
        <h3 className="text-sm font-strong">{t("details.categories")}</h3>
        {ticket.can.includes("edit") && all.length > 0 && (
          <Popover
            label={t("details.editCategories")}
            align="end"
            trigger={
              <Button look="quiet" size="icon" className="size-6" aria-label={t("details.editCategories")}>
                <Pencil />
              </Button>
            }
          >
            <div className="px-2">
              {all.map(({ id, name }) => (
                <CheckboxField
                  key={id}
                  label={name}
                  checked={chosen.includes(id)}
                  onChange={({ target }) => set(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
                />
              ))}
            </div>
          </Popover>
        )}
      </div>
      <p className="text-sm text-muted">{ticket.categories.map((one) => one.name).join(", ") || t("details.none")}</p>
    </section>
  )
}

function CustomFields({ ticket, name }: { ticket: Ticket; name: string }) {
  const { t } = useTexts()
  const [isEditing, setEditing] = useState(false)
  const fields = (useQuery(customFieldsQuery).data?.items ?? []).filter((one) => one.kinds.includes(ticket.kind))
  if (fields.length === 0) return null
  return (
    <section aria-label={name}>
      <Head
        name={name}
        edit={ticket.can.includes("edit") ? t("details.editFields") : undefined}
        onEdit={() => setEditing(true)}
      />
      <DefinitionList>
        {fields.map((field) => (
          <Definition key={field.id} name={field.label}>
            <Value field={field} value={ticket.customFields[field.key]} />
          </Definition>
        ))}
      </DefinitionList>
      {isEditing && <CustomFieldsDialog ticket={ticket} fields={fields} onClose={() => setEditing(false)} />}
    </section>
  )
}

function Value({ field, value }: { field: CustomField; value: unknown }) {
  const { t } = useTexts()
  if (field.type === "boolean" && typeof value === "boolean") return t(value ? "details.yes" : "details.no")
  if (Array.isArray(value)) return value.join(", ")
  return typeof value === "string" || typeof value === "number" ? String(value) : t("details.none")
}

function Head({ name, edit, onEdit }: { name: string; edit: string | undefined; onEdit: () => void }) {
  return (
    <div className="mb-1 flex min-h-6 items-center justify-between">
      <h3 className="text-sm font-strong">{name}</h3>
      {edit && (
        <Button look="quiet" size="icon" className="size-6" aria-label={edit} title={edit} onClick={onEdit}>
          <Pencil />
        </Button>
      )}
    </div>
  )
}
