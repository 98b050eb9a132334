import { useQuery } from "@tanstack/react-query"
import { type FormEvent, type ReactNode, useState } from "react"
import { useTexts } from "../lib/language.tsx"
import { Button } from "../ui/button.tsx"
import { NotLoaded, Skeleton } from "../ui/loading-empty-and-error.tsx"
import { ProblemLine } from "../ui/problem-line.tsx"
import { type DeskSettings, deskSettingsQuery, useSaveSettings } from "./desk-settings.ts"
import { SettingsPageLayout } from "./settings-page-layout.tsx"

export interface SettingsFields {
  form: DeskSettings
  change: (more: Partial<DeskSettings>) => void
}

interface Props {
  title: string
  intro: string
  children: (fields: SettingsFields) => ReactNode
}

/** A page of settings of the whole desk. */
export function DeskSettingsPageLayout({ title, intro, children }: Props) {
  return (
    <SettingsPageLayout title={title} intro={intro}>
      <DeskSettingsForm>{children}</DeskSettingsForm>
    </SettingsPageLayout>
  )
}

/** Some settings of the whole desk: those that were changed are saved together. */
export function DeskSettingsForm({ children }: Pick<Props, "children">) {
  const stored = useQuery(deskSettingsQuery)
  if (stored.data) return <SettingsForm stored={stored.data}>{children}</SettingsForm>
  return (
    <NotLoaded query={stored}>
      <Skeleton className="h-64 max-w-[420px]" />
    </NotLoaded>
  )
}

function SettingsForm({ stored, children }: Pick<Props, "children"> & { stored: DeskSettings }) {
  const { t } = useTexts()
  const save = useSaveSettings()
  const [changes, setChanges] = useState<Partial<DeskSettings>>({})
  const isSame = (name: string, value: unknown) =>
    JSON.stringify(stored[name as keyof DeskSettings]) === JSON.stringify(value)
  const differing = Object.entries(changes).filter(([name, value]) => !isSame(name, value))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(Object.fromEntries(differing), { onSuccess: () => setChanges({}) })
  }
  return (
    <form onSubmit={submit} className="grid max-w-[420px] gap-4">
      {children({ form: { ...stored, ...changes }, change: (more) => setChanges({ ...changes, ...more }) })}
      <ProblemLine error={save.error} />
      <div>
        <Button type="submit" look="primary" disabled={save.isPending || differing.length === 0}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  )
}
