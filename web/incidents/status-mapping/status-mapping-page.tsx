import { useQuery } from "@tanstack/react-query"
import { Plus } from "lucide-react"
import { useState } from "react"
import { useTexts } from "../../lib/language.tsx"
import { useTimeFormat } from "../../lib/use-time-format.ts"
import { useMe } from "../../session/session-queries.ts"
import { SettingsPageLayout, RowText } from "../../settings/settings-page-layout.tsx"
import { Badge } from "../../ui/badge.tsx"
import { Button } from "../../ui/button.tsx"
import { InputField } from "../../ui/form-fields.tsx"
import { NotLoaded, Skeleton } from "../../ui/loading-empty-and-error.tsx"
import { StatusMappingDialog } from "./status-mapping-dialog.tsx"
import {
  useStatusMappingMutations,
  statusMappingsQuery,
  type StatusMapping,
  type UnknownStatus,
  type MappedStatus,
} from "./status-mapping-queries.ts"

type Teach = (lesson: Partial<StatusMapping>) => void

export function StatusMappingPage() {
  const { t } = useTexts()
  const { can } = useMe()
  const query = useQuery(statusMappingsQuery)
  const [lesson, setLesson] = useState<Partial<StatusMapping>>()
  const teach = can.manageSettings ? setLesson : undefined
  return (
    <SettingsPageLayout
      title={t("incident.statusMapping")}
      intro={t("incident.statusMappingIntro")}
      action={
        teach && (
          <Button onClick={() => teach({})}>
            <Plus aria-hidden />
            {t("incident.addStatus")}
          </Button>
        )
      }
    >
      {!query.data && (
        <NotLoaded query={query}>
          <Skeleton className="h-64" />
        </NotLoaded>
      )}
      {query.data && (
        <div className="grid gap-8">
          <Unknown words={query.data.unknown} teach={teach} />
          <Known words={query.data.items} teach={teach} />
        </div>
      )}
      {lesson && query.data && (
        <StatusMappingDialog lesson={lesson} canonicals={query.data.canonicals} onClose={() => setLesson(undefined)} />
      )}
    </SettingsPageLayout>
  )
}

const line = "flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-line px-3 py-2 not-last:border-b"

function Unknown({ words, teach }: { words: UnknownStatus[]; teach: Teach | undefined }) {
  const { t } = useTexts()
  const when = useTimeFormat()
  return (
    <section aria-label={t("incident.unknown")}>
      <h3 className="mb-2 text-lg font-strong">{t("incident.unknown")}</h3>
      {words.length === 0 && <p className="text-muted">{t("incident.noUnknown")}</p>}
      {words.length > 0 && (
        <ul className="rounded border border-line">
          {words.map(({ carrier, word, times, lastSeenAt }) => (
            <li key={`${carrier} ${word}`} className={line}>
              <RowText title={word}>
                {[carrier || t("incident.noData"), t("incident.seen", { times, when: when.full(lastSeenAt) })].join(
                  " · ",
                )}
              </RowText>
              {teach && (
                <Button
                  size="sm"
                  onClick={() => teach({ carrier, word })}
                  aria-label={`${t("incident.setMeaning")}: ${word}`}
                >
                  {t("incident.setMeaning")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim()

function Known({ words, teach }: { words: MappedStatus[]; teach: Teach | undefined }) {
  const { t } = useTexts()
  const [sought, setSought] = useState("")
  const said = ({ carrier, word, canonical }: MappedStatus) =>
    `${word} ${carrier} ${t(`incident.canonical.${canonical}`)}`
  const found = words.filter((one) => plain(said(one)).includes(plain(sought)))
  return (
    <section aria-label={t("incident.statusMapping")} className="grid gap-3">
      <InputField
        type="search"
        label={t("incident.find")}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {found.length === 0 && <p className="text-muted">{t("incident.noStatuses")}</p>}
      {found.length > 0 && (
        <ul className="rounded border border-line">
          {found.map((one) => (
            <li key={`${one.source} ${one.carrier} ${one.word}`} className={line}>
              <KnownWord word={one} teach={teach} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function KnownWord({ word: one, teach }: { word: MappedStatus; teach: Teach | undefined }) {
  const { t } = useTexts()
  const { remove } = useStatusMappingMutations()
  const { carrier, word, canonical, source } = one
  return (
    <>
      <RowText title={word}>{carrier || t("incident.everyCarrier")}</RowText>
      <span className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1 max-md:w-full max-md:justify-between">
        <span className="text-sm">{t(`incident.canonical.${canonical}`)}</span>
        {source === "taught" && <Badge tone="accent">{t("incident.addedHere")}</Badge>}
        {teach && (
          <Button
            size="sm"
            look="quiet"
            aria-label={`${t("incident.change")}: ${word}`}
            onClick={() => teach({ carrier, word, canonical })}
          >
            {t("incident.change")}
          </Button>
        )}
        {teach && source === "taught" && (
          <Button
            size="sm"
            look="danger"
            disabled={remove.isPending}
            aria-label={`${t("incident.deleteStatus")}: ${word}`}
            onClick={() => remove.mutate(one)}
          >
            {t("incident.deleteStatus")}
          </Button>
        )}
      </span>
    </>
  )
}
