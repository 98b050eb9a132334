// A list of things that have pages of their own, where they are made and changed.
import { useQuery } from "@tanstack/react-query"
import { Link, useNavigate } from "@tanstack/react-router"
import { Ellipsis, Plus } from "lucide-react"
import { useState, type ComponentType, type ReactNode } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { Menu, MenuItem } from "../ui/menu.tsx"
import { DropForm } from "./entity-list-page.tsx"
import { entitiesQuery } from "./entity-queries.ts"
import { EntityRows, RowText, SettingsPageLayout } from "./settings-page-layout.tsx"

interface Entity {
  id: string
  name: string
}

interface Props<T> {
  path: string
  /** Of one of them; `new` in place of its id is where one is made. */
  page: "/settings/calendars/$id" | "/settings/linked-systems/$id"
  title: string
  intro: string
  newText: string
  empty: string
  /** What a row says besides the name. */
  Summary: ComponentType<{ item: T }>
  /** Where removing one asks for more than whether to. */
  Drop?: ComponentType<{ item: T; onClose: () => void }>
  /** Below the list. */
  children?: ReactNode
}

export function EntityListWithPages<T extends Entity>(props: Props<T>) {
  const { path, page, title, intro, newText, empty, Summary, Drop, children } = props
  const query = useQuery(entitiesQuery<T>(path))
  const [removed, setRemoved] = useState<T>()
  const close = () => setRemoved(undefined)
  return (
    <SettingsPageLayout
      title={title}
      intro={intro}
      action={
        <Button asChild look="primary">
          <Link to={page} params={{ id: "new" }}>
            <Plus aria-hidden />
            {newText}
          </Link>
        </Button>
      }
    >
      <EntityRows query={query} empty={empty}>
        {(item) => (
          <Row item={item} page={page} onRemove={() => setRemoved(item)}>
            <Summary item={item} />
          </Row>
        )}
      </EntityRows>
      {children}
      {removed && Drop && <Drop item={removed} onClose={close} />}
      {removed && !Drop && <DropForm path={path} id={removed.id} name={removed.name} onClose={close} />}
    </SettingsPageLayout>
  )
}

interface RowProps extends Pick<Props<Entity>, "page"> {
  item: Entity
  onRemove: () => void
  children: ReactNode
}

function Row({ item: { id, name }, page, onRemove, children }: RowProps) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const open = { to: page, params: { id } }
  return (
    <>
      <RowText
        title={
          <Link {...open} className="min-w-0 break-words underline-offset-2 hover:underline">
            {name}
          </Link>
        }
      >
        {children}
      </RowText>
      <Menu
        trigger={
          <Button look="quiet" size="icon" aria-label={`${t("action.more")}: ${name}`}>
            <Ellipsis />
          </Button>
        }
      >
        <MenuItem onSelect={() => void navigate(open)}>{t("action.edit")}</MenuItem>
        <MenuItem danger onSelect={onRemove}>
          {t("action.delete")}
        </MenuItem>
      </Menu>
    </>
  )
}
