// A page of things that are made, changed and removed one by one.
import { useQuery } from "@tanstack/react-query"
import { Ellipsis, Plus } from "lucide-react"
import { useState, type ComponentType } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { Menu, MenuItem } from "../ui/menu.tsx"
import { FormDialog } from "../ui/form-dialog.tsx"
import { entitiesQuery, useEntityMutations } from "./entity-queries.ts"
import { SettingsPageLayout, EntityRows } from "./settings-page-layout.tsx"

interface Props<T> {
  path: string
  title: string
  intro: string
  newText: string
  nameOf: (item: T) => string
  mayChange?: (item: T) => boolean
  Row: ComponentType<{ item: T; all: T[] }>
  Form: ComponentType<{ item: T | undefined; onClose: () => void }>
  /** Where removing one asks for more than whether to. */
  Drop?: ComponentType<{ item: T; all: T[]; onClose: () => void }>
}

type OpenDialog<T> = { act: "new" } | { act: "edit" | "delete"; item: T }

export function EntityListPage<T extends { id: string }>(props: Props<T>) {
  const { path, title, intro, newText, nameOf, mayChange = () => true, Row, Form, Drop } = props
  const { t } = useTexts()
  const query = useQuery(entitiesQuery<T>(path))
  const [open, setOpen] = useState<OpenDialog<T>>()
  const close = () => setOpen(undefined)
  return (
    <SettingsPageLayout
      title={title}
      intro={intro}
      action={
        <Button look="primary" onClick={() => setOpen({ act: "new" })}>
          <Plus aria-hidden />
          {newText}
        </Button>
      }
    >
      <EntityRows query={query} empty={t("entity.none")}>
        {(item) => (
          <>
            <Row item={item} all={query.data?.items ?? []} />
            {mayChange(item) && (
              <Menu
                trigger={
                  <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${nameOf(item)}`}>
                    <Ellipsis />
                  </Button>
                }
              >
                <MenuItem onSelect={() => setOpen({ act: "edit", item })}>{t("action.edit")}</MenuItem>
                <MenuItem danger onSelect={() => setOpen({ act: "delete", item })}>
                  {t("action.delete")}
                </MenuItem>
              </Menu>
            )}
          </>
        )}
      </EntityRows>
      {open?.act === "new" && <Form item={undefined} onClose={close} />}
      {open?.act === "edit" && <Form item={open.item} onClose={close} />}
      {open?.act === "delete" && Drop && <Drop item={open.item} all={query.data?.items ?? []} onClose={close} />}
      {open?.act === "delete" && !Drop && (
        <DropForm path={path} id={open.item.id} name={nameOf(open.item)} onClose={close} />
      )}
    </SettingsPageLayout>
  )
}

export function DropForm({ path, id, name, onClose }: { path: string; id: string; name: string; onClose: () => void }) {
  const { t } = useTexts()
  const { drop } = useEntityMutations(path)
  return (
    <FormDialog
      title={t("entity.deleteTitle", { name })}
      text={t("entity.deleteText")}
      go={t("action.delete")}
      isPending={drop.isPending}
      error={drop.error}
      onSubmit={() => drop.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
